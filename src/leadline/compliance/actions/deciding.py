"""Deciding: each item, then the whole; sending to review and back; what expires (LEA-10)."""

from datetime import date

from django.db.models import Min
from django.utils.translation import gettext as _

from leadline.compliance.actions.beginning import subjects_of
from leadline.compliance.events import ComplianceApproved, ComplianceDeclined, ComplianceReopened
from leadline.compliance.models import Check, Procedure
from leadline.compliance.verbs import PROCEDURE_VERBS
from leadline.core.actions import Actor, action
from leadline.core.boards import Into
from leadline.core.clock import now, today
from leadline.core.events import publish
from leadline.core.organisation import organisation
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers.actions import assign_customer
from leadline.leads.actions import assign_lead
from leadline.leads.answers import owner_named

State = Procedure.State
LONGEST = 500


@action
def submit_procedure(procedure: Procedure, *, by: Actor) -> Procedure:
    """Send what was collected to review."""
    return _turn(taken(procedure, "submit", by=by), State.REVIEW)


@action
def ask_again(procedure: Procedure, *, by: Actor) -> Procedure:
    """Send it back: documents are wanted."""
    return _turn(taken(procedure, "ask_again", by=by), State.COLLECTING)


@action
def move_procedure(
    procedure: Procedure, *, to: str, seen: str, into: Into | None = None, by: Actor
) -> Procedure:
    """Bring a procedure that stands where it was seen into another state, another lane, as on a board.

    The owner's lane gives another owner to the customer, or to the lead while there is none. Raises
    `RuleBroken` where it stands elsewhere by now, and for the decisions, which are asked for.
    """
    procedure = Procedure.objects.whole().select_for_update(of=("self",), no_key=True).get(pk=procedure.pk)
    if procedure.state != seen:
        words = {"name": procedure, "state": procedure.get_state_display()}
        raise RuleBroken(_("%(name)s stands in %(state)s by now.") % words, field="state", value=seen)
    if to != seen:
        procedure = _to_state(procedure, to, by)
    if into is not None:
        _to_owner(procedure, into, by)
    return procedure


def _to_state(procedure: Procedure, to: str, by: Actor) -> Procedure:
    if to in (State.APPROVED, State.DECLINED):
        raise RuleBroken(_("Say why."), field="reason")
    if procedure.is_decided:
        procedure = reopen_procedure(procedure, by=by)
    if to == State.REVIEW:
        return submit_procedure(procedure, by=by)
    return procedure if procedure.state == State.COLLECTING else ask_again(procedure, by=by)


def _to_owner(procedure: Procedure, into: Into, by: Actor) -> None:
    about = procedure.subject
    if str(about.owner_id or "") != into.seen:
        told = _("Somebody else changed %(name)s in the meantime. Here it stands now.") % {"name": about}
        raise RuleBroken(told, field="owner", value=into.to[:60])
    if procedure.customer is not None:
        assign_customer(procedure.customer, owner=owner_named(into), by=by)
    elif procedure.lead is not None:
        assign_lead(procedure.lead, owner=owner_named(into), by=by)


@action
def decide_check(
    check: Check, *, verdict: str, reason: str = "", expires_on: date | None = None, by: Actor
) -> Check:
    """Approve an item until a day, or decline it with a reason.

    Raises `RuleBroken` without a document where one is needed, for a day that is past, without a reason.
    """
    procedure = taken(check.procedure, "review", by=by)
    check = Check.objects.select_related("item").get(pk=check.pk)
    if verdict not in (Check.State.APPROVED, Check.State.DECLINED):
        raise RuleBroken(_("Approve it or decline it."), field="verdict", value=verdict)
    if verdict == Check.State.DECLINED:
        check.reason, check.expires_on = _said(reason), None
    else:
        _require_proof(check, expires_on)
        check.reason, check.expires_on = reason.strip()[:LONGEST], expires_on
    check.state, check.decided_by, check.decided_at = verdict, by.user, now()
    check.save()
    _touch(procedure)
    return check


@action
def approve_procedure(procedure: Procedure, *, reason: str = "", by: Actor) -> Procedure:
    """Approve the whole, when each item in use is approved; those above hear of it.

    Raises `RuleBroken` with the names of the items that are not.
    """
    procedure = taken(procedure, "review", by=by)
    checks = Check.objects.filter(procedure=procedure, item__retired_at=None).select_related("item")
    lacking = [str(check) for check in checks if check.state != Check.State.APPROVED]
    if lacking:
        raise RuleBroken(_("Approve these first: %(items)s.") % {"items": ", ".join(lacking)})
    expires = checks.aggregate(first=Min("expires_on"))["first"]
    _decide(procedure, State.APPROVED, reason.strip()[:LONGEST], expires, by=by)
    publish(ComplianceApproved(*_keys(procedure)), by=by, about=subjects_of(procedure))
    return procedure


@action
def decline_procedure(procedure: Procedure, *, reason: str, by: Actor) -> Procedure:
    """Decline the whole, for a reason."""
    procedure = taken(procedure, "decline", by=by)
    _decide(procedure, State.DECLINED, _said(reason), None, by=by)
    publish(ComplianceDeclined(*_keys(procedure)), by=by, about=subjects_of(procedure))
    return procedure


@action
def reopen_procedure(procedure: Procedure, *, by: Actor) -> Procedure:
    """Open a decided procedure again; what was approved of its items stays."""
    return _reopen(taken(procedure, "reopen", by=by), expired=False, by=by)


@action
def expire_checks(*, by: Actor) -> int:
    """What was approved until today is so no more; procedures that were approved are open again."""
    moment = today(organisation().time_zone)
    over = Check.objects.filter(state=Check.State.APPROVED, expires_on__lte=moment)
    keys = sorted(set(over.values_list("procedure_id", flat=True)))
    for procedure in (
        Procedure.objects.whole().filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
    ):
        over.filter(procedure=procedure).update(state=Check.State.EXPIRED)
        if procedure.state == State.APPROVED:
            _reopen(procedure, expired=True, by=by)
    return len(keys)


def taken(procedure: Procedure, verb: str, *, by: Actor) -> Procedure:
    """The procedure locked, when this actor may do the verb with it now."""
    locked = Procedure.objects.whole().select_for_update(of=("self",), no_key=True).get(pk=procedure.pk)
    rule = PROCEDURE_VERBS[verb]
    if not rule.permits(by.user, locked):
        raise NotAllowed(
            _("Your role does not allow this."), who_can_help=_("A compliance officer can help.")
        )
    for hindrance in rule.hindered_by(locked):
        raise RuleBroken(str(hindrance.words))
    return locked


def _reopen(procedure: Procedure, *, expired: bool, by: Actor) -> Procedure:
    procedure.decided_by = procedure.decided_at = procedure.expires_on = None
    procedure.reason = ""
    _turn(procedure, State.COLLECTING)
    publish(ComplianceReopened(*_keys(procedure), expired=expired), by=by, about=subjects_of(procedure))
    return procedure


def _decide(procedure: Procedure, state: str, reason: str, expires: date | None, *, by: Actor) -> None:
    procedure.reason, procedure.expires_on = reason, expires
    procedure.decided_by, procedure.decided_at = by.user, now()
    _turn(procedure, state)


def _turn(procedure: Procedure, state: str) -> Procedure:
    procedure.state, procedure.state_since = state, now()
    return _touch(procedure)


def _touch(procedure: Procedure) -> Procedure:
    procedure.updated_at, procedure.version = now(), procedure.version + 1
    procedure.save()
    return procedure


def _require_proof(check: Check, expires_on: date | None) -> None:
    if check.item.needs_document and not check.documents.current().exists():
        raise RuleBroken(_("Add a document first; this item needs one."), field="verdict")
    if expires_on is not None and expires_on <= today(organisation().time_zone):
        raise RuleBroken(_("Give a day that is still to come."), field="expires_on", value=expires_on)


def _said(reason: str) -> str:
    said = " ".join(reason.split())
    if not said:
        raise RuleBroken(_("Say why."), field="reason")
    return said[:LONGEST]


def _keys(procedure: Procedure) -> tuple[int, int | None, int | None]:
    return procedure.pk, procedure.lead_id, procedure.customer_id
