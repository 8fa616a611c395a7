"""A procedure begins: the rule about first deposits asks for it (LEA-10, PLT-6)."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from leadline.compliance.events import ComplianceStarted
from leadline.compliance.models import Check, Item, Procedure
from leadline.core.actions import Actor, action, lock
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.refusals import RuleBroken
from leadline.customers.models import Customer
from leadline.leads.models import Lead
from leadline.platform.models import Payment


@action
def begin_procedure(
    *, lead: Lead | None, customer: Customer | None, first: Payment | None = None, by: Actor
) -> Procedure | None:
    """Begin the procedure of a lead or customer, with a check for each item in use; None where one is.

    One that began while the customer was a lead counts. Raises `RuleBroken` for whom nobody works with.
    """
    about: Any = lock(customer or lead)  # type: ignore[type-var]
    if about.archived_at or about.erased_at:
        raise RuleBroken(_("This record is archived."))
    has = Q(customer=customer) | Q(lead__converted_to=customer) if customer else Q(lead=lead)
    if Procedure.objects.filter(has).exists():
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
