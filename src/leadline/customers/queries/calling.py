"""What is told when a call was logged to somebody who wants none (PPL-8)."""

from collections.abc import Iterable

from leadline.customers.models import Contact, Customer
from leadline.governance.contacting import may_contact
from leadline.governance.models import Channel
from leadline.timeline.models import Activity


def why_no_call(kind: str, contact_id: int | None, customer: Customer, contacts: Iterable[Contact]) -> str:
    """Why the person should not have been called; nothing for another kind of activity, or when all is well.

    The one called is one of the customer's contacts, or the customer where none is named.
    """
    if kind != Activity.Kind.CALL:
        return ""
    called = next((contact for contact in contacts if contact.pk == contact_id), customer)
    return may_contact(called, Channel.PHONE).why_not
