"""Following the history: what changed is looked at again by segments that look at such changes (CUS-17)."""

from collections import defaultdict
from collections.abc import Mapping

from leadline.core import clock
from leadline.core.actions import Actor, action
from leadline.core.refusals import RuleBroken
from leadline.segments.actions.evaluating import evaluate
from leadline.segments.evaluating.touched import Touched, entries_after
from leadline.segments.models import Place, Segment, Standing
from leadline.segments.rules import looks_of_stored

PORTION = 20_000


@action
def follow_entries(*, settled: int, by: Actor) -> int | None:
    """Follow the next entries of the history up to the settled one; returns how many, None if another does.

    Place and members are written together: what was broken off is done anew, and nothing twice. Where the
    history was counted anew, or is followed for the first time, every segment is looked at as a whole.
    """
    place = _place()
    if place is None:
        return None
    if place.history_id > settled or not place.history_id:
        Standing.objects.update(is_due=True)
        place.history_id, place.at = settled, clock.now()
        place.save(update_fields=["history_id", "at"])
        return 0
    touched = entries_after(place.history_id, up_to=settled, limit=PORTION)
    _look_again(touched.records, by)
    place.history_id, place.at = touched.last or settled, clock.now()
    place.save(update_fields=["history_id", "at"])
    return touched.entries


def _place() -> Place | None:
    Place.objects.get_or_create(pk=1, defaults={"at": clock.now()})
    return Place.objects.select_for_update(skip_locked=True).filter(pk=1).first()


def _look_again(records: Mapping[str, Mapping[str, Touched]], by: Actor) -> None:
    """Evaluate the segments that may be touched, over the records of their kinds that may have moved."""
    ids: dict[str, set[int]] = defaultdict(set)
    keys = []
    for segment in Segment.objects.current().filter(kind__in=records):
        changes = records[segment.kind]
        touching = [each for history, each in changes.items() if _is_touched(segment, history, each)]
        if touching:
            keys.append(segment.pk)
            ids[segment.kind].update(*(each.ids for each in touching))
    if keys:
        evaluate(keys, ids=ids, by=by)


def _is_touched(segment: Segment, history: str, touched: Touched) -> bool:
    if not segment.is_dynamic:
        return segment.pk in touched.segments or "archived_at" in touched.columns or "*" in touched.columns
    if history == "segment_pick":
        return False
    try:
        return looks_of_stored(segment).is_touched_by(history, touched.columns)
    except RuleBroken:
        return False
