"""A procedure begins with the first deposit (LEA-10)."""

from collections.abc import Iterable
from typing import Any

from leadline.compliance.events import ComplianceStarted
from leadline.compliance.models import Check, Item, Procedure
from leadline.core.actions import Actor, action, lock
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.customers.models import Customer
from leadline.leads.models import Lead
from leadline.platform.models import Payment


@action
def begin_after_deposits(payment_ids: Iterable[int], *, by: Actor) -> list[Procedure]:
    """Begin a procedure for each lead or customer who paid in and has none; told twice, it begins once.

    Whoever is a customer is checked as one; else the lead that the user of the platform is, or whose e-mail
    it has, where it is linked only after this.
    """
    deposits = Payment.objects.filter(
        pk__in=list(payment_ids), kind=Payment.Kind.DEPOSIT, state=Payment.State.DONE
    ).select_related("user__customer")
    begun = []
    for payment in deposits.order_by("at", "pk"):
        lead, customer = _whose(payment)
        about = customer or lead
        if about is not None:
            begun.append(begin_procedure(lead=lead, customer=customer, first=payment, by=by))
    return [procedure for procedure in begun if procedure is not None]


@action
def begin_procedure(
    *, lead: Lead | None, customer: Customer | None, first: Payment | None = None, by: Actor
) -> Procedure | None:
    """Begin the procedure of a lead or customer, with a check for each item in use; None where one is."""
    lock(customer or lead)  # type: ignore[type-var]
    about: dict[str, Any] = {"customer": customer} if customer else {"lead": lead}
    if Procedure.objects.filter(**about).exists():
        return None
    moment = now()
    paid = {"deposited_at": first.at, "amount": first.amount, "currency": first.currency} if first else {}
    procedure = Procedure.objects.create(
        lead=None if customer else lead,
        customer=customer,
        state_since=moment,
        created_at=moment,
        updated_at=moment,
        **paid,
    )
    Check.objects.bulk_create([Check(procedure=procedure, item=item) for item in Item.objects.in_use()])
    publish(
        ComplianceStarted(procedure.pk, procedure.lead_id, procedure.customer_id),
        by=by,
        about=subjects_of(procedure),
    )
    return procedure


def subjects_of(procedure: Procedure) -> list[Subject]:
    """The procedure, and whom it is about."""
    found = [Subject("procedure", procedure.pk)]
    if procedure.lead_id:
        found.append(Subject("lead", procedure.lead_id))
    if procedure.customer_id:
        found.append(Subject("customer", procedure.customer_id))
    return found


def _whose(payment: Payment) -> tuple[Lead | None, Customer | None]:
    """The lead or the customer who paid."""
    user = payment.user
    if user.customer is not None:
        return None, user.customer
    leads = Lead.objects.current().filter(erased_at=None)
    linked = leads.filter(on_platform__user=user).first()
    if linked is not None or not user.email:
        return linked, None
    return leads.filter(email=user.email.lower()).order_by("pk").first(), None
