"""What of a lead its customer and its contact get (LEA-9)."""

from collections.abc import Iterable
from typing import Any

from leadline.core.actions import Actor
from leadline.core.drafts import Draft, clean_draft, missing_fields
from leadline.core.fields import catalogue
from leadline.core.refusals import RulesBroken
from leadline.customers.actions.cleaning import cleaning_for
from leadline.customers.models import Customer
from leadline.governance.models import Channel
from leadline.leads.models import Lead

OF_BOTH = ("email", "phone", "language")
OF_THE_CUSTOMER = ("country", "time_zone", "source", "desk", "tags", "description")
WISHES = ("do_not_call", "do_not_email")
CONSENTS = tuple(f"consent_{channel}" for channel in Channel.values)
FILLED = ("phone", "country", "language", "time_zone", "source")  # of a customer that is here already


def as_customer(lead: Lead, by: Actor) -> Draft:
    """A new customer: the company if the lead names one, else the person; its row is the lead's key."""
    values: dict[str, Any] = {name: getattr(lead, name) for name in (*OF_BOTH, *OF_THE_CUSTOMER)}
    values |= {"name": lead.company or lead.name, "kind": Customer.Kind.ENTERPRISE}
    if not lead.company:
        values |= {"kind": Customer.Kind.INDIVIDUAL, **{name: getattr(lead, name) for name in WISHES}}
    values |= {"owner": lead.owner_id} if lead.owner_id else {}
    values |= {"territory": lead.territory_id} if lead.territory_id else {}
    return Draft(lead.pk, {**values, **_custom(lead, "customer", by)}, _unclear(lead))


def as_contact(lead: Lead, customer_id: int, by: Actor) -> Draft:
    """The person at the customer; consents follow with their statements."""
    values: dict[str, Any] = {name: getattr(lead, name) for name in (*OF_BOTH, *WISHES)}
    values |= {"name": lead.name, "customer": customer_id, "lawful_basis": lead.lawful_basis}
    return Draft(lead.pk, {**values, **_custom(lead, "contact", by)}, _unclear(lead))


def lacks(lead: Lead, by: Actor) -> str:
    """What a contact must have and the lead does not give, in words; empty where nothing is lacking."""
    contact = as_contact(lead, lead.pk, by)
    return " ".join(rule.message for rule in missing_fields(catalogue("contact"), contact, by.user))


def filling(lead: Lead, record: Any, names: Iterable[str]) -> dict[str, Any]:
    """What the lead knows and a record that is here already does not."""
    return {
        name: getattr(lead, name)
        for name in names
        if not getattr(record, name) and getattr(lead, name) and not (name == "phone" and lead.unclear)
    }


def stricter(lead: Lead, contact: Any) -> dict[str, Any]:
    """Wishes of either hold: who did not want to be reached is not reached."""
    return {name: True for name in WISHES if getattr(lead, name) and not getattr(contact, name)}


def consents_to_take(lead: Lead, contact: Any) -> dict[str, str]:
    """The consents that a contact gets: where it stated nothing, and what was withdrawn."""
    stated = {name: str(getattr(lead, name)) for name in CONSENTS if getattr(lead, name)}
    return {
        name: state
        for name, state in stated.items()
        if getattr(contact, name) != state and (not getattr(contact, name) or state == "withdrawn")
    }


def _unclear(lead: Lead) -> frozenset[str]:
    return frozenset(lead.unclear)


def _custom(lead: Lead, kind: str, by: Actor) -> dict[str, Any]:
    """Values of custom fields that both kinds have by one name, as far as the other accepts them."""
    about, known = catalogue(kind), catalogue("lead").by_name
    kept: dict[str, Any] = {}
    for name in lead.custom:
        ours, theirs = known.get(name), about.by_name.get(name)
        if ours is None or theirs is None or ours.kind.key != theirs.kind.key:
            continue
        try:
            value = ours.value_of(lead)
            kept |= clean_draft(about, {name: value}, cleaning_for(by, lead.country)).values
        except RulesBroken:
            continue  # a choice that the other does not have
    return kept
