"""Working a lead: one press is one activity, the next callback and the next stage, in one action (LEA-5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.leads.actions.letters import Letter, send_letter_to
from leadline.leads.actions.logging import contacted, require_log
from leadline.leads.actions.side import follow
from leadline.leads.calling import calling_hours, next_good_time
from leadline.leads.events import LeadsStageChanged, LeadWorked
from leadline.leads.models import Lead
from leadline.leads.queries.letters import letters
from leadline.leads.queries.seeing import lead_named
from leadline.leads.queries.settings import stages_by_key
from leadline.leads.verbs import CLOSED
from leadline.timeline.actions import ActivityDraft, record_activity
from leadline.timeline.models import Activity

Outcome = Activity.Outcome
# What a press can say of a call, in the order of the buttons.
OUTCOMES = (Outcome.NO_ANSWER, Outcome.CONNECTED, Outcome.BUSY, Outcome.VOICEMAIL, Outcome.WRONG_NUMBER)
TRY_AGAIN = (Outcome.NO_ANSWER, Outcome.BUSY, Outcome.VOICEMAIL)
FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Worked:
    """A lead after a press, and the e-mail that went out by itself, or why not; None where none was due."""

    lead: Lead
    letter: Letter | None = None


@action
def work_lead(
    lead: Lead,
    *,
    outcome: str,
    notes: str = "",
    callback_at: datetime | None = None,
    qualified: bool = False,
    by: Actor,
) -> Worked:
    """Say how a call went: it stands on the timeline with user and time, and what follows is done (LEA-5).

    Nobody answered, busy, voicemail: Follow-up, and a callback at the moment given, else the next good one in
    the lead's zone. Connected: contacting or, if it is `qualified`, qualified, with a callback where one was
    agreed. Wrong number: the lead is marked, asked by e-mail how to reach it as far
    as it may be written to, and waits for another number. Raises `RuleBroken` by field.
    """
    lead = lock(lead, "stage", "owner")
    require_log(lead, by=by)
    _require_open(lead)
    _require_known(outcome)
    title = str(Activity.Kind.CALL.label)
    draft = ActivityDraft(
        None, Activity.Kind.CALL, title, outcome=outcome, description=notes, lead_id=lead.pk
    )
    activity = record_activity(draft, by=by)
    contacted([activity])
    callback = _callback(lead, outcome, callback_at)
    _write(lead, outcome, callback, qualified, by)
    publish(LeadWorked(activity_id=activity.pk, outcome=outcome, callback_at=callback), by=by, about=[lead])
    letter = _asked_by_mail(lead, activity, by) if outcome == Outcome.WRONG_NUMBER else None
    return Worked(lead_named(lead.pk), letter)


def _asked_by_mail(lead: Lead, activity: Activity, by: Actor) -> Letter:
    """The “reach you” e-mail, once for each press, not again for a number that is known to be wrong."""
    if lead.bad_number:
        return Letter(None, _("It was marked already."))
    cause = f"reach-you:activity:{activity.pk}"
    return send_letter_to(lead, letters()["reach_you"], cause=cause, by=by)


def _require_open(lead: Lead) -> None:
    if words := CLOSED(lead):
        raise RuleBroken(words)


def _require_known(outcome: str) -> None:
    if outcome not in OUTCOMES:
        known = ", ".join(str(each.label) for each in OUTCOMES)
        raise RuleBroken(_("Choose one of: %(known)s.") % {"known": known}, field="outcome", value=outcome)


def _callback(lead: Lead, outcome: str, given: datetime | None) -> datetime | None:
    moment = now()
    if given is not None and not moment < given <= moment + FURTHEST:
        raise RuleBroken(_("Give a moment to come, within a year."), field="callback_at", value=given)
    if outcome == Outcome.WRONG_NUMBER:
        return None
    if given is None and outcome in TRY_AGAIN:
        return next_good_time(lead.zone, calling_hours(), moment)
    return given


def _write(lead: Lead, outcome: str, callback: datetime | None, qualified: bool, by: Actor) -> None:
    moment = now()
    values: dict[str, Any] = {"callback_at": callback, "updated_at": moment, "version": F("version") + 1}
    if outcome == Outcome.WRONG_NUMBER:
        values["bad_number"] = True
    following = _next_stage(lead.stage.key, outcome, qualified)
    stage = None if following == lead.stage.key else stages_by_key().get(following)
    if stage is not None:
        values |= {"stage": stage, "stage_since": moment}
    Lead.objects.filter(pk=lead.pk).update(**values)
    follow([lead.pk])
    if stage is not None:
        publish(LeadsStageChanged(stage_id=stage, count=1), by=by, about=[lead])


def _next_stage(now_in: str, outcome: str, qualified: bool) -> str:
    """Which provided stage follows; a qualified lead is not taken back by a call that nobody took."""
    if outcome == Outcome.CONNECTED:
        return "qualified" if qualified or now_in == "qualified" else "contacting"
    if outcome == Outcome.WRONG_NUMBER or now_in == "qualified":
        return now_in
    return "follow_up"
