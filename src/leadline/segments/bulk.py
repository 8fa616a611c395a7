"""Putting many records into a static segment, and taking them out: verbs for the list of any kind (CUS-7)."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.actions import Actor
from leadline.core.changesets import after_undo
from leadline.core.lists.bulk import BulkVerb
from leadline.core.refusals import RuleBroken
from leadline.segments import actions
from leadline.segments.actions import Done
from leadline.segments.forms import PickForm
from leadline.segments.models import Segment

Answers = Mapping[str, Any]


def segment_verbs(kind: str) -> tuple[BulkVerb, BulkVerb]:
    """Add to, and take out of, a static segment of a kind."""
    return (
        _verb(
            kind,
            "segment",
            gettext_lazy("Add to segment"),
            actions.add_members,
            gettext_lazy("Add to the segment “%(name)s”"),
        ),
        _verb(
            kind,
            "unsegment",
            gettext_lazy("Take out of segment"),
            actions.remove_members,
            gettext_lazy("Take out of the segment “%(name)s”"),
        ),
    )


def _verb(kind: str, key: str, label: Any, action: Callable[..., Done], told: Any) -> BulkVerb:
    def run(ids: list[int], answers: Answers, by: Actor) -> Done:
        return action(_segment(kind, answers, by), ids, by=by)

    def says(answers: Answers) -> str:
        name = Segment.objects.filter(pk=answers.get("segment") or 0).values_list("name", flat=True).first()
        return str(told) % {"name": name or "?"}

    return BulkVerb(
        key, label, "view", "target", run, says, form=PickForm, template="segments/_bulk_segment.html"
    )


def _segment(kind: str, answers: Answers, by: Actor) -> Segment:
    seen = Segment.objects.visible_to(by.user).current().filter(kind=kind)
    found = seen.filter(pk=answers.get("segment") or 0).first()
    if found is None:
        raise RuleBroken(_("Choose a segment."), field="segment", value=answers.get("segment"))
    return found


@after_undo("segment_pick")
def follow_the_undone(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """Who was put in or taken out is a member again or no more, at once."""
    records: dict[str, set[int]] = {}
    segments = set()
    for segment, kind, touched in _touched(ids):
        segments.add(segment)
        records.setdefault(kind, set()).update(touched)
    actions.evaluate(segments, ids=records, by=by)


def _touched(ids: list[int]) -> list[tuple[int, str, list[int]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT segment_id, kind, array_agg(record_id) FROM segments_pick"
            " WHERE id = ANY(%s) GROUP BY 1, 2",
            [ids],
        )
        return list(cursor.fetchall())
