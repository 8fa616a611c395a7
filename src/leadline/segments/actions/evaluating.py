"""Bringing members up to date: of some records after a change, or of all (CUS-17)."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.conditions import Context
from leadline.core.events import Subject, publish
from leadline.core.jobs.queue import later
from leadline.segments import policies
from leadline.segments.actions.writing import Moved, write_members
from leadline.segments.evaluating.asking import AT_ONCE, understood
from leadline.segments.events import MembersJoined, MembersLeft, SegmentFilled
from leadline.segments.kinds import segmentable
from leadline.segments.models import Segment, Standing
from leadline.segments.rules import in_order


@action
def evaluate(segments: Iterable[Segment], *, ids: Sequence[int] | None = None, by: Actor) -> dict[int, Moved]:
    """Make the members of segments what their rules and picks say now, for some records or for all.

    Segments that others name come first; whom they took in or let go is looked at again by the others. One
    whose rule means nothing any more keeps its members and says what is wrong.
    """
    moved: dict[int, Moved] = {}
    by_kind = sorted(segments, key=lambda segment: (segment.kind, segment.pk))
    _lock_standings([segment.pk for segment in by_kind])
    for kind, of_kind in groupby(by_kind, key=lambda segment: segment.kind):
        touched = None if ids is None else sorted(set(ids))
        for step in in_order(of_kind):
            for start in range(0, len(step), AT_ONCE):
                found = _evaluate_together(kind, step[start : start + AT_ONCE], touched, by)
                moved |= found
                if touched is not None:
                    more = {key for each in found.values() for key in (*each.joined, *each.left)}
                    touched = sorted(more.union(touched))
    return moved


@action
def evaluate_due(*, moving: bool = False, every: bool = False, by: Actor) -> int:
    """Look as a whole at the segments that wait for it; also those that move with time, or every one.

    Returns how many were looked at. What somebody else is looking at right now is left to them.
    """
    rows = Standing.objects.filter(segment__archived_at=None)
    if not every:
        rows = rows.filter(is_due=True) | (rows.filter(moves=True) if moving else rows.none())
    free = rows.order_by("segment_id").select_for_update(of=("self",), skip_locked=True)
    keys = list(free.values_list("segment_id", flat=True))
    evaluate(Segment.objects.filter(pk__in=keys), by=by)
    return len(keys)


@action
def ask_for_refresh(segment: Segment, *, by: Actor) -> Segment:
    """Have a segment looked at as a whole as soon as the worker can."""
    segment = lock(segment, "owner")
    require(policies.may_edit_segment(by.user, segment), _("Your role does not change this segment."))
    make_due(segment, by=by)
    return segment


@action
def make_due(segment: Segment, *, by: Actor) -> None:
    """Mark a segment to be looked at as a whole, and wake the worker after this transaction."""
    Standing.objects.filter(segment=segment).update(is_due=True)
    later("segments.evaluate_due")


def _evaluate_together(
    kind: str, segments: Sequence[Segment], ids: Sequence[int] | None, by: Actor
) -> dict[int, Moved]:
    standings = _lock_standings([segment.pk for segment in segments])
    # The rule may be another one since it was read; under the lock it stays. Where a whole look is still to
    # come, it will see what changed here too.
    waiting = {key for key, standing in standings.items() if standing.is_due and ids is not None}
    fresh = [
        segment
        for segment in Segment.objects.filter(pk__in=standings, archived_at=None).select_related("owner")
        if segment.pk not in waiting or not segment.is_dynamic
    ]
    asked, trouble = understood(fresh)
    new = frozenset(key for key, standing in standings.items() if standing.is_filling)
    context = Context.of_organisation()
    moved: dict[int, Moved] = {}
    if asked:
        who = by.user.pk if by.user and not by.user.is_system else None
        moved = write_members(segmentable(kind), asked, ids, new=new, who=who, context=context)
        _tell(kind, moved, new, by)
    if ids is None:
        Standing.objects.filter(segment__in=[one.segment.pk for one in asked]).update(
            is_due=False, is_filling=False, evaluated_at=context.now, trouble=""
        )
    for key, words in trouble.items():
        Standing.objects.filter(segment=key).update(is_due=False, trouble=words[:300])
    return moved


def _lock_standings(keys: list[int]) -> dict[int, Standing]:
    """Nobody else changes members of these until the transaction ends; locked in the order of their keys."""
    rows = Standing.objects.filter(segment__in=keys).order_by("segment_id")
    return {standing.segment_id: standing for standing in rows.select_for_update(of=("self",))}


def _tell(kind: str, moved: dict[int, Moved], new: frozenset[int], by: Actor) -> None:
    for key, each in moved.items():
        segment = Subject("segment", key)
        if key in new:
            if each.came or each.went:
                publish(SegmentFilled(segment_id=key, size=each.came), by=by, about=[segment])
            continue
        for event, ids in ((MembersJoined, each.joined), (MembersLeft, each.left)):
            if ids:
                about = [segment, *(Subject(kind, record) for record in ids)]
                publish(event(segment_id=key, count=len(ids)), by=by, about=about)
