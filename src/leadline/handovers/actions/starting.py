"""A hand-over begins: now, or on the day it is planned for (PPL-1)."""

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.changesets import open_change_set
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.jobs import start_job
from leadline.core.refusals import RuleBroken
from leadline.handovers import policies
from leadline.handovers.counting import total_of
from leadline.handovers.events import HandoverStarted
from leadline.handovers.models import Handover
from leadline.handovers.planning import Draft, parts_of, require_to_whom, require_whom, today
from leadline.people.actions import let_go

RUN, RETURN = "handovers.run", "handovers.return"


@action
def start_handover(draft: Draft, *, once: str = "", by: Actor) -> Handover:
    """Hand over what somebody owns; a leaver loses all access in the same step (PPL-1).

    `once` is a word that the page made up: the same word twice starts one hand-over. Raises `RuleBroken`
    naming the field.
    """
    if started := _started(once, by):
        return started
    require_whom(draft, by)
    parts = parts_of(draft, by)
    total = total_of(parts, by)
    nothing_to_move = draft.reason == Handover.Reason.LEAVER and not total and draft.rest_to is None
    if not nothing_to_move:
        require_to_whom(draft, by)
        if not total and draft.reason == Handover.Reason.CHANGE:
            raise RuleBroken(_("There is nothing to hand over: nothing is selected."), field="selection")
    if draft.reason == Handover.Reason.LEAVER and draft.person:
        let_go(draft.person, by=by)
    handover = Handover.objects.create(
        reason=draft.reason,
        way=draft.way,
        title=_title(draft),
        from_user=draft.person,
        parts={kind: part.as_params() for kind, part in parts.items()},
        to=draft.to,
        team=draft.team,
        overflow=draft.overflow,
        starts_on=draft.first_day,
        ends_on=draft.ends_on,
        total=total,
        once=once,
        started_by=by.user,
        created_at=now(),
    )
    return begin_handover(handover, by=by) if draft.first_day <= today() else handover


@action
def begin_handover(handover: Handover, *, by: Actor) -> Handover:
    """Let the job go that gives the records to their new owners; its changes are one change set (SIG-3)."""
    handover = lock(handover)
    if handover.state != Handover.State.PLANNED:
        raise RuleBroken(_("This hand-over has begun already, or was called off."))
    changes = open_change_set(RUN, title=handover.title, by=by)
    job = start_job(
        RUN,
        title=handover.title,
        params={"handover": handover.pk},
        total=handover.total,
        change_set=changes.pk,
        by=by,
    )
    handover.state, handover.change_set, handover.job = Handover.State.BEGUN, changes, job
    handover.save(update_fields=["state", "change_set", "job"])
    about = [handover, *([handover.from_user] if handover.from_user else [])]
    event = HandoverStarted(handover_id=handover.pk, reason=handover.reason, from_id=handover.from_user_id)
    publish(event, by=by, about=about)
    return handover


@action
def call_off_handover(handover: Handover, *, by: Actor) -> Handover:
    """A planned one does not happen."""
    handover = lock(handover)
    require(policies.may_call_off(by.user, handover), _("Only who planned it can call it off."))
    if handover.state != Handover.State.PLANNED:
        raise RuleBroken(_("It has begun already. What it did can be undone as a mass change."))
    handover.state = Handover.State.CALLED_OFF
    handover.save(update_fields=["state"])
    return handover


@action
def return_handover(handover: Handover, *, by: Actor) -> Handover:
    """The absence is over: what the deputies still have goes back, as a change set of its own."""
    handover = lock(handover)
    if handover.state != Handover.State.BEGUN or handover.ends_on is None:
        raise RuleBroken(_("Only what was handed over for an absence comes back."))
    title = _("Back from absence: %(title)s") % {"title": handover.title}
    changes = open_change_set(RETURN, title=title, by=by)
    job = start_job(
        RETURN, title=changes.title, params={"handover": handover.pk}, change_set=changes.pk, by=by
    )
    handover.state, handover.return_job = Handover.State.RETURNED, job
    handover.save(update_fields=["state", "return_job"])
    return handover


def _started(once: str, by: Actor) -> Handover | None:
    """The hand-over that this word has started already; whoever asks at the same moment waits here."""
    if not once:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{by.user.pk} {once}"])
    return Handover.objects.filter(started_by=by.user, once=once).first()


def _title(draft: Draft) -> str:
    reason = str(Handover.Reason(draft.reason).label)
    words = _("%(reason)s: from %(who)s") if draft.person else _("%(reason)s")
    return (words % {"reason": reason, "who": draft.person})[:300]
