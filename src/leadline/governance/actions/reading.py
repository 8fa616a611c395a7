"""Reads of sensitive fields are told in the ledger (PPL-7)."""

from collections.abc import Sequence

from leadline.core.actions import Actor, action
from leadline.core.events import publish_many
from leadline.governance.events import SensitiveRead


@action
def record_reads(kind: str, *, ids: Sequence[int], fields: Sequence[str], by: Actor) -> int | None:
    """Tell that somebody read sensitive fields of records: one event for a page, whatever it shows.

    Call it once for all that a page, an answer or a file discloses; three statements, about a millisecond.
    """
    return publish_many(SensitiveRead, ids, kind=kind, by=by, **{"kind_read": kind, "fields": tuple(fields)})
