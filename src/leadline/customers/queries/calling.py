"""What is told when a call was logged to somebody who wants none (PPL-8)."""

from leadline.customers.models import Contact, Customer
from leadline.governance.contacting import may_contact
from leadline.governance.models import Channel
from leadline.timeline.models import Activity


def why_no_call(kind: str, contact_id: int | None, customer: Customer) -> str:
    """Why the person should not have been called; nothing for another kind of activity, or when all is well.

    The one called is the contact, or the customer where none is named.
    """
    if kind != Activity.Kind.CALL:
        return ""
    called = Contact.objects.filter(customer=customer, pk=contact_id or 0).select_related("customer").first()
    return may_contact(called or customer, Channel.PHONE).why_not
