"""Whom an e-mail can go to: somebody's address, whether it may be used, and where the sending is noted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.organisation import organisation
from leadline.customers import actions as customers
from leadline.customers.actions.picking import require_may
from leadline.customers.models import Contact, Customer
from leadline.governance.contacting import Contacting, may_contact
from leadline.governance.models import Channel


@dataclass(frozen=True)
class Recipient:
    """A person or company that can be written to.

    `values` fill the places of a text. `require(by)` refuses whoever may not write to this record;
    `log(subject, text, by)` puts the e-mail on its timeline.
    """

    kind: str
    id: int
    name: str
    email: str
    may: Contacting
    require: Callable[[Actor], None]
    log: Callable[[str, str, Actor], Any]
    language: str = ""
    values: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How forms name it."""
        return f"{self.kind}-{self.id}"


def recipients_at(customer: Customer) -> list[Recipient]:
    """The customer's own address, then its contacts with an address, by name, the primary one first."""
    contacts = Contact.objects.current().filter(customer=customer).exclude(email="")
    found = [
        contact_as_recipient(each, customer) for each in contacts.order_by("-is_primary", "name_key", "id")
    ]
    return [customer_as_recipient(customer), *found] if customer.email else found


def customer_as_recipient(customer: Customer) -> Recipient:
    """A customer at its own address."""
    is_person = customer.kind == Customer.Kind.INDIVIDUAL
    return Recipient(
        "customer",
        customer.pk,
        customer.name,
        customer.email,
        may_contact(customer, Channel.EMAIL),
        lambda by: require_may(customer, "log", by=by),
        lambda subject, text, by: _log(customer, None, subject, text, by),
        customer.language,
        _values(customer, customer.name, person=customer.name if is_person else ""),
    )


def contact_as_recipient(contact: Contact, customer: Customer) -> Recipient:
    """A contact at a customer. A blocked customer's contacts are not written to either."""
    contact.customer = customer
    return Recipient(
        "contact",
        contact.pk,
        contact.name,
        contact.email,
        may_contact(contact, Channel.EMAIL),
        lambda by: require_may(customer, "log", by=by),
        lambda subject, text, by: _log(customer, contact.pk, subject, text, by),
        contact.language or customer.language,
        _values(customer, contact.name, person=contact.name),
    )


def values_of_sender(user: Any) -> dict[str, str]:
    """What places say of whoever sends; the house has no name of its own."""
    if user.is_system:
        return {"organisation": organisation().name}
    return {"sender": user.name, "sender_email": user.email, "organisation": organisation().name}


def _values(customer: Customer, name: str, *, person: str) -> dict[str, str]:
    return {
        "name": name,
        "first_name": person.split()[0] if person.split() else "",
        "company": customer.name if customer.kind != Customer.Kind.INDIVIDUAL else "",
        "city": customer.city,
        "owner": customer.owner.name if customer.owner else "",
    }


def _log(customer: Customer, contact_id: int | None, subject: str, text: str, by: Actor) -> Any:
    return customers.log_activity(
        customer,
        kind="email",
        title=subject or _("E-mail"),
        description=text,
        contact_id=contact_id,
        by=by,
    )
