"""Which record an entry of the audit is about: a change of it or of what belongs to it, or an event."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.conditions.operators import Sql
from leadline.core.fields import Cleaning, Field, Viewer
from leadline.core.fields.kinds.base import Kind, no
from leadline.core.fields.kinds.links import LARGEST_ID
from leadline.core.history import told_of_kinds_sql, told_sql
from leadline.governance.naming import RECORDS

E = "governance_entry"
_WRITTEN = re.compile(r"([a-z_]{1,40})[: ]+(\d{1,18})\Z")
# What an entry is about, written as `customer:5`; an event may be about several.
SUBJECTS = f"""CASE {E}.ledger
 WHEN 'history' THEN {E}.kind || ':' || {E}.record_id
 ELSE (SELECT string_agg(s.kind || ':' || s.subject_id, ', ' ORDER BY s.kind, s.subject_id)
         FROM core_event_subject s WHERE s.event_id = {E}.event_id) END"""
# The sort of entry stands first in both, so that each ledger is asked by its own index.
_ABOUT = f"""({E}.ledger = 'history' AND {{told}}
 OR {E}.ledger = 'event' AND {E}.event_id = ANY(ARRAY(
    SELECT s.event_id FROM core_event_subject s WHERE s.kind = %s AND s.subject_id = %s)))"""


class SubjectKind(Kind):
    """A record of any kind, written as kind and number: `customer:5`."""

    key = "text"
    family = "subject"
    operators = ("equals",)

    def read(self, raw: Any, field: Field, context: Cleaning) -> str:
        """Kind and number, of a kind that history knows."""
        found = _WRITTEN.match(str(raw).strip().casefold())
        if found is None or found[1] not in dict(RECORDS):
            message = _("%(field)s: “%(value)s” is no record. Write its kind and number, such as customer:5.")
            raise no(field, raw, message)
        return f"{found[1]}:{int(found[2])}"

    def render(self, value: Any, field: Field, viewer: Viewer) -> str:
        """As it is written, a blank between."""
        return str(value or "").replace(":", " ")


def about(written: str) -> Sql:
    """SQL of whether an entry is about the record, or about what belongs to it."""
    kind, _colon, number = written.partition(":")
    told, params = told_sql([kind], [int(number)], E)
    return _ABOUT.format(told=told), [*params, kind, int(number)]


def belonging(asked: Mapping[str, tuple[Any, ...]]) -> Sql | None:
    """What “belongs to a customer” with its number implies: an entry is found by the index it stands in."""
    kinds, numbers = list(asked.get("of_kind", ())), asked.get("of", ())
    ids = [int(number) for number in numbers if abs(number) <= LARGEST_ID and number == int(number)]
    if not kinds:
        return None
    return told_sql(kinds, ids, E) if numbers else told_of_kinds_sql(kinds, E)


SUBJECT = SubjectKind()
