"""Bringing members up to date: of some records after a change, or of all (CUS-17)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.conditions import Context
from leadline.core.events import About, Event, publish_each
from leadline.core.jobs.queue import later
from leadline.segments import policies
from leadline.segments.actions.writing import Moved, write_members
from leadline.segments.evaluating.asking import AT_ONCE, understood
from leadline.segments.evaluating.reaching import who_asks, with_those_that_ask
from leadline.segments.events import MembersJoined, MembersLeft, SegmentFilled
from leadline.segments.kinds import segmentable
from leadline.segments.models import Segment, Standing
from leadline.segments.rules import in_order, named_in

MOST_FOLLOWED = 20_000  # records; of more, a whole look is quicker


@action
def evaluate(
    keys: Iterable[int], *, ids: Mapping[str, Iterable[int]] | None = None, by: Actor
) -> dict[int, Moved]:
    """Make the members of segments what their rules and picks say now; of some records by kind, or of all.

    Segments that others name come first. Whom they took in or let go is looked at again by those that ask for
    them; where these are of another kind, or more came than is told one by one, they are looked at as a whole
    soon after. One whose rule means nothing any more keeps its members and says what is wrong.
    """
    given, asking = set(keys), who_asks()
    standings = _lock_standings(with_those_that_ask(given, asking))
    touched = {kind: set(records) for kind, records in (ids or {}).items()}
    moved: dict[int, Moved] = {}
    for step in in_order(Segment.objects.current().filter(pk__in=standings).select_related("owner")):
        chosen = [segment for segment in step if segment.pk in given]
        others = [segment for segment in step if segment.pk not in given and _asks_for_moved(segment, moved)]
        followers = [segment for segment in others if _can_follow(segment, moved, touched)]
        for segment in others:
            if segment not in followers:
                make_due(segment, by=by)
        for segments, is_whole in ((chosen, ids is None), (followers, False)):
            for kind, portion in _portions(segments):
                records = None if is_whole else sorted(touched.get(kind, ()))
                found = _evaluate_together(kind, portion, standings, records, by)
                for each in found.values():
                    touched.setdefault(kind, set()).update(each.joined, each.left)
                moved |= found
    return moved


@action
def evaluate_due(
    *, moving: bool = False, every: bool = False, among: Sequence[int] | None = None, by: Actor
) -> int:
    """Look as a whole at the segments that wait for it; also those that move with time, or every one.

    Returns how many were looked at. Whoever looked at them meanwhile is waited for, and not repeated.
    """
    keys = waiting_keys(moving=moving, every=every)
    wanted = keys if among is None else sorted(set(among).intersection(keys))
    _lock_standings(with_those_that_ask(wanted, who_asks()))
    found = set(waiting_keys(moving=moving, every=every)).intersection(wanted)
    evaluate(found, by=by)
    return len(found)


def waiting_keys(*, moving: bool = False, every: bool = False) -> list[int]:
    """The segments that wait for a whole look, in the order of their keys."""
    rows = Standing.objects.filter(segment__archived_at=None)
    if not every:
        rows = rows.filter(is_due=True) | (rows.filter(moves=True) if moving else rows.none())
    return list(rows.order_by("segment_id").values_list("segment_id", flat=True))


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


def _asks_for_moved(segment: Segment, moved: Mapping[int, Moved]) -> bool:
    return any(moved[key].came or moved[key].went for key in named_in(segment.rule) if key in moved)


def _can_follow(segment: Segment, moved: Mapping[int, Moved], touched: Mapping[str, set[int]]) -> bool:
    """Whether it is known which of its own records moved in those it asks for, and they are not too many."""
    named = [moved[key] for key in named_in(segment.rule) if key in moved]
    return len(touched.get(segment.kind, ())) <= MOST_FOLLOWED and all(
        each.kind == segment.kind and each.is_told for each in named
    )


def _portions(segments: Iterable[Segment]) -> Iterator[tuple[str, list[Segment]]]:
    """Segments of one kind, as many as are asked at once."""
    by_kind: dict[str, list[Segment]] = {}
    for segment in segments:
        by_kind.setdefault(segment.kind, []).append(segment)
    for kind, of_kind in by_kind.items():
        for start in range(0, len(of_kind), AT_ONCE):
            yield kind, of_kind[start : start + AT_ONCE]


def _evaluate_together(
    kind: str,
    segments: Sequence[Segment],
    standings: Mapping[int, Standing],
    ids: Sequence[int] | None,
    by: Actor,
) -> dict[int, Moved]:
    # Where a whole look is still to come, it will see what changed here too.
    asked, trouble = understood(
        [each for each in segments if ids is None or not (each.is_dynamic and standings[each.pk].is_due)]
    )
    new = frozenset(one.segment.pk for one in asked if standings[one.segment.pk].is_filling)
    context = Context.of_organisation()
    moved: dict[int, Moved] = {}
    if asked:
        moved = write_members(segmentable(kind), asked, ids, new=new, by=by, context=context)
        _tell(kind, moved, new, by)
    if ids is None:
        Standing.objects.filter(segment__in=[one.segment.pk for one in asked]).update(
            is_due=False, is_filling=False, evaluated_at=context.now, trouble=""
        )
    for key, words in trouble.items():
        Standing.objects.filter(segment=key).update(is_due=False, trouble=words[:300])
    return moved


def _lock_standings(keys: Iterable[int]) -> dict[int, Standing]:
    """Nobody else changes members of these until the transaction ends.

    All that a transaction needs are locked at once, in the order of their keys, so that no two wait for each
    other.
    """
    rows = Standing.objects.filter(segment__in=keys).order_by("segment_id")
    return {standing.segment_id: standing for standing in rows.select_for_update(of=("self",))}


def _tell(kind: str, moved: dict[int, Moved], new: frozenset[int], by: Actor) -> None:
    happened: list[tuple[Event, About]] = []
    for key, each in moved.items():
        about = {"segment": [key]}
        if key in new:
            if each.came or each.went:
                happened.append((SegmentFilled(segment_id=key, size=each.came), about))
            continue
        for event, ids in ((MembersJoined, each.joined), (MembersLeft, each.left)):
            if ids:
                happened.append((event(segment_id=key, count=len(ids)), {**about, kind: ids}))
    publish_each(happened, by=by)
