"""What “Why?” tells of customers and contacts beside the reasons: blocked, not to be reached (PPL-5)."""

from django.utils.translation import gettext as _

from leadline.core.verbs import Fact, tells
from leadline.customers.models import Contact, Customer
from leadline.governance.contacting import may_contact
from leadline.governance.models import Channel
from leadline.people.models import User


@tells
def blocked(kind: str, user: User, record: object) -> list[Fact]:
    """What blocking stops, and why it was done (CUS-14)."""
    customer = _customer_of(record)
    if customer is None or not customer.is_blocked:
        return []
    words = _("Blocked: %(reason)s. Nothing is sent to this customer and no deals are opened.")
    return [("blocked", words % {"reason": customer.blocked_reason.rstrip(".")})]


@tells
def not_to_be_reached(kind: str, user: User, record: object) -> list[Fact]:
    """By which ways nothing may be sent, and why not (PPL-8)."""
    if not isinstance(record, Customer | Contact) or _is_shut(record):
        return []
    ways = (Channel.EMAIL, Channel.PHONE)
    why_nots = {way: may_contact(record, way).why_not for way in ways}
    return [(f"no_{way.value}", f"{way.label}: {why_not}") for way, why_not in why_nots.items() if why_not]


def _is_shut(record: Customer | Contact) -> bool:
    """Blocked or archived: that is told already."""
    customer = record if isinstance(record, Customer) else record.customer
    return customer.is_blocked or customer.is_archived or record.archived_at is not None


def _customer_of(record: object) -> Customer | None:
    found = record if isinstance(record, Customer) else getattr(record, "customer", None)
    return found if isinstance(found, Customer) else None
