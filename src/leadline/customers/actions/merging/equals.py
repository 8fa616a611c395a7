"""Contacts of customers that become one: a single primary, and equal ones combined where wanted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db.models import F

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.customers.actions.merging.contacts import merge_contacts
from leadline.customers.models import Contact
from leadline.customers.queries.choosing import proposed_survivor


def equal_contacts(customers: Sequence[int]) -> list[list[Contact]]:
    """Contacts of these customers that share an e-mail, those of the first customer in front."""
    order = {customer: place for place, customer in enumerate(customers)}
    by_email: dict[str, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.current().filter(customer__in=customers).order_by("pk"):
        by_email[contact.email].append(contact)
    for same in by_email.values():
        same.sort(key=lambda contact: (order[contact.customer_id], not contact.is_primary, contact.pk))
    return [same for _email, same in sorted(by_email.items()) if len(same) > 1]


@action
def combine_equal_contacts(
    customer: int, emails: Collection[str] | None, *, by: Actor
) -> list[tuple[int, ...]]:
    """Make one of contacts of a customer that share an e-mail; returns who became one, the survivor first."""
    combined = []
    for same in equal_contacts([customer]):
        if emails is not None and same[0].email not in emails:
            continue
        kept = proposed_survivor("contact", same)
        gone = [contact.pk for contact in same if contact.pk != kept.pk]
        merge_contacts(kept, others=gone[:9], by=by)
        combined.append((kept.pk, *gone[:9]))
    return combined


@action
def one_primary(survivor: int, others: Iterable[int], *, by: Actor) -> None:
    """The survivor's primary contact stays it; where it has none, the first of the others' does."""
    primaries = Contact.objects.current().filter(is_primary=True)
    has_one = primaries.filter(customer=survivor).exists()
    moving = list(
        primaries.filter(customer__in=list(others)).order_by("customer_id").values_list("pk", flat=True)
    )
    demoted = moving if has_one else moving[1:]
    Contact.objects.filter(pk__in=demoted).update(
        is_primary=False, updated_at=now(), version=F("version") + 1
    )
