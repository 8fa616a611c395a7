"""What a bulk change would do, before it is done."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.changesets import preview
from leadline.core.lists.bulk.choosing import ids_sql, next_ids
from leadline.core.lists.bulk.verbs import BulkVerb, verb_of
from leadline.core.lists.door import door_of
from leadline.core.lists.selection import Selection

SAMPLE = 200


@dataclass(frozen=True)
class BulkPreview:
    """How many there are, how many can't be changed and why; and what came of trying it on a sample.

    `reasons` are exact where the role or the archive says no, and from the sample alone for other rules.
    """

    total: int
    can_change: int
    reasons: dict[str, int] = field(default_factory=dict)
    tried: int = 0
    would_change: int = 0
    already_so: int = 0


def preview_bulk(selection: Selection, verb: str, answers: Mapping[str, Any], *, by: Actor) -> BulkPreview:
    """Count a selection by what stands against the change, and try the change on its first 200, rolled back.

    Raises `RuleBroken` naming the answer that can't be meant.
    """
    chosen = verb_of(selection.kind, verb, by)
    total, reasons = counted(selection, chosen, by)
    can_change = total - sum(reasons.values())
    first = next_ids(selection, 0, SAMPLE, by)
    if not first:
        return BulkPreview(0, 0)
    done = preview(chosen.run, first, answers, by)
    others = Counter(done.refused.values())
    if total <= SAMPLE:  # all were tried: what the action says is the whole truth
        reasons, can_change = dict(others), total - len(done.refused)
    elif not reasons:
        reasons = dict(others)
    return BulkPreview(total, can_change, reasons, len(first), len(done.changed), done.unchanged)


def counted(selection: Selection, verb: BulkVerb, by: Actor) -> tuple[int, dict[str, int]]:
    """How many there are, and how many the role or the archive keeps from changing; in one query."""
    about = selection.catalogue
    sql, params = ids_sql(selection, by)
    within = door_of(selection.kind).scope(by.user, verb.permission)
    allowed, allowed_params = within.sql(about.scoped_by)
    archived = about.archived_sql or "NULL"
    wrong = f"{archived} IS {'' if verb.of_archived else 'NOT '}NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), count(*) FILTER (WHERE NOT ({allowed})),"
            f" count(*) FILTER (WHERE ({allowed}) AND {wrong})"
            f" FROM {about.table} {about.join_sql([about.scope_needs])} WHERE {about.id} IN ({sql})",
            [*allowed_params, *allowed_params, *params],
        )
        total, beyond, wrong_state = cursor.fetchone()
    reasons = {
        str(_("Your role does not allow this for them.")): beyond,
        str(_("They are not archived.") if verb.of_archived else _("They are archived.")): wrong_state,
    }
    return total, {why: number for why, number in reasons.items() if number}
