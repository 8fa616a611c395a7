"""Logging on leads: who may, and what it moves; the timeline keeps it (TIM-2, LEA-5)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.leads import policies
from leadline.leads.actions.keeping import callbacks_kept
from leadline.leads.models import Lead
from leadline.leads.verbs import LEAD_VERBS, may
from leadline.timeline import actions as timeline
from leadline.timeline.actions import ActivityDraft
from leadline.timeline.metrics import SPOKEN_TO
from leadline.timeline.models import Activity

# Only what was said or written counts as a contact, and never one in the future; each call is an attempt.
# Whoever was on top of the queue was there for this.
# An e-mail has no outcome: that of the last call stays.
_CONTACTED = """
UPDATE leads_pulse SET
       first_contact_at = least(first_contact_at, told.first),
       last_contact_at = greatest(last_contact_at, told.last),
       last_outcome = CASE WHEN told.outcome <> ''
                            AND (last_contact_at IS NULL OR told.last >= last_contact_at)
                           THEN told.outcome ELSE last_outcome END,
       reached_after = coalesce(reached_after, attempts + told.reached),
       attempts = attempts + told.calls,
       top_because = CASE WHEN told.last >= top_since THEN '' ELSE top_because END,
       top_since = CASE WHEN told.last >= top_since THEN NULL ELSE top_since END
  FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::text[], %s::int[], %s::int[])
       told(lead_id, first, last, outcome, calls, reached)
 WHERE leads_pulse.lead_id = told.lead_id
"""
_CONTACTS = (Activity.Kind.CALL, Activity.Kind.EMAIL, Activity.Kind.MEETING, Activity.Kind.CHAT)


@action
def log_activity(lead: Lead, *, by: Actor, **answers: Any) -> Activity:
    """Log one activity on a lead (TIM-2); what the house does by itself is no contact with it.

    Raises `RuleBroken` naming the field.
    """
    lead = lock(lead)
    require_log(lead, by=by)
    activity = timeline.record_activity(
        ActivityDraft(lead.converted_to_id, lead_id=lead.pk, **answers), by=by
    )
    if not by.user.is_system:
        contacted([activity])
    return activity


@action
def edit_activity(activity: Activity, lead: Lead, *, by: Actor, **answers: Any) -> Activity:
    """Correct what was logged; only its author may, or whoever may edit the lead."""
    _require_entry(activity, lead, by)
    return timeline.edit_activity(activity, **answers, by=by)


@action
def archive_activity(activity: Activity, lead: Lead, *, by: Actor) -> None:
    """Take an activity off the timeline; its history stays."""
    _require_entry(activity, lead, by)
    timeline.archive_activity(activity, by=by)


def require_log(lead: Lead, *, by: Actor) -> None:
    """Refuse who may not log on a lead, and everybody where its state stands against it."""
    require(may(by.user, "log", lead), _("You may not log on this lead."))
    for hindrance in LEAD_VERBS["log"].hindered_by(lead):
        raise RuleBroken(str(hindrance.words))


def contacted(activities: Sequence[Activity]) -> None:
    """Move first and last contact, the last outcome and the attempts of leads by what was just logged."""
    moment = now()
    told = [each for each in activities if each.kind in _CONTACTS and each.at <= moment]
    leads: dict[int, list[Activity]] = {}
    for each in sorted(told, key=lambda activity: activity.at):
        leads.setdefault(each.lead_id or 0, []).append(each)
    if not leads:
        return
    first: list[datetime] = [theirs[0].at for theirs in leads.values()]
    last = [theirs[-1].at for theirs in leads.values()]
    outcomes = [theirs[-1].outcome for theirs in leads.values()]
    calls = [[each for each in theirs if each.kind == Activity.Kind.CALL] for theirs in leads.values()]
    counts, reached = list(map(len, calls)), list(map(_reached_by, calls))
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTED, [list(leads), first, last, outcomes, counts, reached])
    callbacks_kept([(each.lead_id or 0, each.at) for theirs in calls for each in theirs])


def _reached_by(calls: Sequence[Activity]) -> int | None:
    """Which of the calls was the first in which somebody was spoken to, counted from 1."""
    spoken = (place for place, each in enumerate(calls, 1) if each.outcome in SPOKEN_TO)
    return next(spoken, None)


def _require_entry(activity: Activity, lead: Lead, by: Actor) -> None:
    of_it = activity.lead_id == lead.pk
    require(
        of_it and policies.may_edit_entry(by.user, activity, lead),
        _("Only its author, or whoever may edit the lead, can change this."),
    )
