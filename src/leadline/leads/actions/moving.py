"""Moving a lead on the board: from where it was seen, to another stage (LEA-4)."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock
from leadline.core.boards import Into
from leadline.core.history import changes_since
from leadline.core.refusals import RuleBroken
from leadline.leads.actions.assigning import assign_lead
from leadline.leads.actions.changing import edit_lead
from leadline.leads.actions.staging import reopen_lead, set_stage_of
from leadline.leads.answers import owner_named
from leadline.leads.models import Lead, Stage

JUST_BEFORE = timedelta(seconds=5)  # a stage's moment is taken a little before its history is written


@action
def move_lead(lead: Lead, *, to: Stage, seen: Stage, into: Into | None = None, by: Actor) -> Lead:
    """Bring a lead that stands where it was seen into another stage, another lane; all of it or nothing.

    A closed one is opened again. Another lane gives another owner by the rules of assignment, or edits the
    field that parts the board. Raises `RuleBroken` when somebody moved it meanwhile, saying who and where to,
    and for the stages that ask more than a move: a reason, or what the lead becomes.
    """
    lead = lock(lead, "stage")
    if lead.stage_id != seen.pk:
        raise RuleBroken(_moved_meanwhile(lead, by), field="stage", value=seen.label)
    if to.pk != seen.pk:
        lead = _to_stage(lead, to, by)
    return _to_lane(lead, into, by) if into else lead


def _to_stage(lead: Lead, to: Stage, by: Actor) -> Lead:
    if to.kind == Stage.Kind.WON:
        told = _("Convert it: there it is asked what becomes of it.")
        raise RuleBroken(told, field="stage", value=to.label)
    if to.kind == Stage.Kind.LOST:
        raise RuleBroken(_("Say why it is disqualified."), field="reason")
    if not lead.is_open:
        reopen_lead(lead, by=by)
    return set_stage_of(lead, stage=to, by=by)


def _to_lane(lead: Lead, into: Into, by: Actor) -> Lead:
    present = lead.owner_id if into.field == "owner" else getattr(lead, into.field)
    if str(present or "") != into.seen:
        told = _("Somebody else changed %(name)s in the meantime. Here it stands now.") % {"name": lead.name}
        raise RuleBroken(told, field=into.field, value=into.to[:60])
    if into.field == "owner":
        return assign_lead(lead, owner=owner_named(into), by=by)
    answers: dict[str, Any] = {into.field: into.to}
    return edit_lead(lead, by=by, **answers)


def _moved_meanwhile(lead: Lead, by: Actor) -> str:
    """Who moved it last, and where it stands now."""
    changes = changes_since("lead", lead.pk, lead.stage_since - JUST_BEFORE, viewer=by.user)
    who = next((change.who for change in changes if change.field in ("stage", "stage_id")), "")
    words = {"name": lead.name, "stage": lead.stage.label, "who": who}
    if who:
        return _("%(who)s moved %(name)s to %(stage)s in the meantime. Here it stands now.") % words
    return _("%(name)s stands in %(stage)s by now.") % words
