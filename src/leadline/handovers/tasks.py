"""The jobs that hand over and bring back, and what happens by the day."""

from datetime import timedelta

from django.db.models import Q
from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.jobs import Portion, Running, job
from leadline.core.lists import Selection
from leadline.core.lists.bulk.choosing import next_ids
from leadline.core.lists.bulk.refused import note_refused, offer_refused
from leadline.handovers import actions
from leadline.handovers.actions.starting import RETURN, RUN
from leadline.handovers.models import Handover, Sheet, SheetLine
from leadline.handovers.planning import today
from leadline.handovers.registry import Moved, owned_kind
from leadline.handovers.reminding import remind
from leadline.people.models import User

PORTION = 5_000
REMINDED_EVERY = timedelta(days=3)


@job(RUN)
def run_handover(running: Running) -> None:
    """Give each record its new owner, in portions by the order of ids: each has its turn exactly once."""
    handover = _handover(running)
    kinds = sorted(handover.parts)
    at = running.cursor or {"kind": 0, "after": 0}
    for place in range(at["kind"], len(kinds)):
        owned, part = owned_kind(kinds[place]), Selection.from_params(handover.parts[kinds[place]])
        after = at["after"] if place == at["kind"] else 0
        while owned and (ids := next_ids(part, after, PORTION, running.by)):
            after = ids[-1]
            with running.portion(done=len(ids), cursor={"kind": place, "after": after}) as portion:
                _count(running, portion, part.kind, actions.give_portion(handover, owned, ids, by=running.by))
    _finish(running, len(kinds), handover)


@job(RETURN)
def bring_back(running: Running) -> None:
    """Bring back, line by line, what the deputies still have."""
    handover = _handover(running)
    lines = SheetLine.objects.filter(sheet__handover=handover).select_related("sheet").order_by("pk")
    if running.cursor is None:
        running.expect(lines.count())
    after = (running.cursor or {"after": 0})["after"]
    while portion_of := list(lines.filter(pk__gt=after)[:PORTION]):
        after = portion_of[-1].pk
        with running.portion(done=len(portion_of), cursor={"after": after}) as portion:
            for kind in sorted({line.kind for line in portion_of}):
                owned, those = owned_kind(kind), [line for line in portion_of if line.kind == kind]
                if owned:
                    moved = actions.return_portion(handover, owned, those, by=running.by)
                    _count(running, portion, kind, moved)
    with running.portion():
        actions.finish_handover(handover, returned=True, by=running.by)
    offer_refused(running)


@app.periodic(cron="7 * * * *")
@app.task(name="handovers.by_the_day", queueing_lock="handovers.by_the_day")
def by_the_day(timestamp: int) -> None:
    """Every hour: what is planned for today begins, absences that are over come back, owners are reminded."""
    day, house = today(), Actor(User.objects.house(), via="job", trace="job:handovers")
    for handover in Handover.objects.to_begin(day).select_related("started_by"):
        planner = handover.started_by if handover.started_by.is_active else house.user
        actions.begin_handover(handover, by=Actor(planner, via="job", trace=house.trace))
    for handover in Handover.objects.to_return(day):
        actions.return_handover(handover, by=house)
    long_ago = day - REMINDED_EVERY
    waiting = Sheet.objects.waiting().filter(created_at__date__lte=long_ago)
    due = waiting.filter(Q(reminded_on=None) | Q(reminded_on__lte=long_ago))
    for sheet in due.select_related("owner", "handover__from_user"):
        remind(sheet, today=day, by=house)


def _handover(running: Running) -> Handover:
    rows = Handover.objects.select_related("from_user", "to", "team", "overflow")
    return rows.get(pk=running.params["handover"])


def _count(running: Running, portion: Portion, kind: str, moved: Moved) -> None:
    portion.count(changed=len(moved.changed), unchanged=moved.unchanged, refused=len(moved.refused))
    note_refused(running, portion, kind, moved.refused)


def _finish(running: Running, kinds: int, handover: Handover) -> None:
    """Whatever no longer matched when its turn came is not waited for."""
    if (running.cursor or {}).get("kind") != kinds:
        with running.portion(cursor={"kind": kinds, "after": 0}):
            actions.finish_handover(handover, by=running.by)
    running.expect(running.done)
    offer_refused(running)
