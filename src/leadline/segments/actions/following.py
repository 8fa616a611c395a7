"""Following the history: what changed is looked at again by segments that look at such changes (CUS-17)."""

from collections import defaultdict

from leadline.core import clock
from leadline.core.actions import Actor, action
from leadline.core.refusals import RuleBroken
from leadline.segments.actions.evaluating import evaluate, make_due
from leadline.segments.evaluating.touched import Touched, entries_after
from leadline.segments.models import Place, Segment, Standing
from leadline.segments.rules import looks_of, named_in, stored_rule

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
    for kind, records in touched.records.items():
        _look_again(kind, records, by)
    place.history_id, place.at = touched.last or settled, clock.now()
    place.save(update_fields=["history_id", "at"])
    return touched.entries


def _place() -> Place | None:
    Place.objects.get_or_create(pk=1, defaults={"at": clock.now()})
    return Place.objects.select_for_update(skip_locked=True).filter(pk=1).first()


def _look_again(kind: str, records: dict[str, Touched], by: Actor) -> None:
    """Evaluate the segments that may be touched, over the records that may have moved."""
    ids: set[int] = set()
    segments = []
    for segment in Segment.objects.current().filter(kind=kind).select_related("owner"):
        touching = [each for history, each in records.items() if _is_touched(segment, history, each)]
        if touching:
            segments.append(segment)
            ids.update(*(each.ids for each in touching))
    if segments:
        evaluate(_with_those_that_ask(segments, kind), ids=sorted(ids), by=by)
        _wake_other_kinds({segment.pk for segment in segments}, kind, by)


def _wake_other_kinds(segments: set[int], kind: str, by: Actor) -> None:
    """Segments of other kinds that ask whether linked records are in these are looked at as a whole."""
    for other in Segment.objects.current().filter(is_dynamic=True).exclude(kind=kind):
        if segments & _named(other):
            make_due(other, by=by)


def _is_touched(segment: Segment, history: str, touched: Touched) -> bool:
    if not segment.is_dynamic:
        return segment.pk in touched.segments or "archived_at" in touched.columns or "*" in touched.columns
    if history == "segment_pick":
        return False
    try:
        return looks_of(stored_rule(segment), segment.kind).is_touched_by(history, touched.columns)
    except RuleBroken:
        return False


def _with_those_that_ask(segments: list[Segment], kind: str) -> list[Segment]:
    """The segments, and all whose rules name one of them, directly or through others."""
    from_rules: dict[int, set[int]] = defaultdict(set)
    every = {each.pk: each for each in Segment.objects.current().filter(kind=kind).select_related("owner")}
    for each in every.values():
        for named in _named(each):
            from_rules[named].add(each.pk)
    found = {segment.pk for segment in segments}
    waiting = list(found)
    while waiting:
        more = from_rules[waiting.pop()] - found
        found |= more
        waiting += more
    return [every[key] for key in sorted(found) if key in every]


def _named(segment: Segment) -> set[int]:
    return set(named_in(segment.rule)) if segment.is_dynamic else set()
