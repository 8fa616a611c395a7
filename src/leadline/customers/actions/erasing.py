"""Erasing a person: the row stays for sums and links, nothing in it says who it was (PPL-8)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.custom.personal import without_person, without_words_in
from leadline.core.history import HistoryEntry, told_of_others
from leadline.core.normalise.text import sort_key
from leadline.core.privacy import Erased, Person, without_words
from leadline.core.search import index
from leadline.customers.models import Contact, Customer
from leadline.customers.queries.external_ids import MODELS

TEXTS_OF_A_COMPANY = ("description", "requirements", "blocked_reason", "address")


@action
def erase_contacts(person: Person, *, by: Actor) -> Erased:
    """Empty the person's own contacts and archive them for good."""
    ids = person.ids("contact")
    custom = dict(Contact.objects.filter(pk__in=ids).values_list("pk", "custom"))
    for pk in ids:
        Contact.objects.filter(pk=pk).update(
            **_nobody(pk),
            custom=without_person("contact", custom[pk], person.words),
            phone="",
            title="",
            department="",
            language="",
            unclear=[],
            is_primary=False,
            do_not_call=True,
            do_not_email=True,
        )
    gone = _without_external_ids("contact", ids)
    _hand_on_primary(person, ids)
    index("customer", person.within)
    return Erased({"contacts": len(ids)}, {"contact": ids, "contact_external_id": gone})


@action
def erase_customers(person: Person, *, by: Actor) -> Erased:
    """Empty an individual customer; kind, tier, status, owner, industry and country stay for the sums.

    Of the company where a contact works, only what names the contact is taken out of its texts.
    """
    own = person.ids("customer")
    custom = dict(Customer.objects.filter(pk__in=own).values_list("pk", "custom"))
    for pk in own:
        Customer.objects.filter(pk=pk).update(
            **_nobody(pk),
            custom=without_person("customer", custom[pk], person.words),
            **dict.fromkeys(
                ("phone", "website", "description", "requirements", "source", "address", "city", "region"), ""
            ),
            postcode="",
            tags=[],
            unclear=[],
            language="",
            time_zone="",
            employees=None,
            blocked_reason="-" if Customer.objects.filter(pk=pk, blocked_at__isnull=False).exists() else "",
        )
    gone = _without_external_ids("customer", own)
    companies = Customer.objects.filter(pk__in=person.within).exclude(pk__in=own)
    touched = [company.pk for company in companies if _taken_out(company, person)]
    index("customer", person.within)
    return Erased({"customers": len(own)}, {"customer": [*own, *touched], "customer_external_id": gone})


def _without_external_ids(kind: str, ids: Sequence[int]) -> list[int]:
    """Other systems' names for the person are removed; returns the keys of all that there ever were, for what
    history tells of them."""
    MODELS[kind].objects.filter(**{f"{kind}__in": ids}).delete()
    told = HistoryEntry.objects.filter(told_of_others(kind, ids), kind=f"{kind}_external_id")
    return sorted(set(told.values_list("record_id", flat=True)))


def _nobody(pk: int) -> dict:
    name = _("Erased person")
    moment = now()
    return {
        "name": name,
        "name_key": sort_key(name),
        "email": f"erased-{pk}@erased.invalid",
        "archived_at": moment,
        "erased_at": moment,
        "updated_at": moment,
        "version": F("version") + 1,
    }


def _taken_out(company: Customer, person: Person) -> bool:
    before: dict[str, Any] = {name: getattr(company, name) for name in TEXTS_OF_A_COMPANY}
    after: dict[str, Any] = {name: without_words(text, person.words) for name, text in before.items()}
    before["custom"], after["custom"] = (
        company.custom,
        without_words_in("customer", company.custom, person.words),
    )
    if after == before:
        return False
    Customer.objects.filter(pk=company.pk).update(**after, updated_at=now(), version=F("version") + 1)
    return True


def _hand_on_primary(person: Person, ids: list[int]) -> None:
    """The next by name becomes primary where the erased person was it."""
    for customer in set(person.within) - set(person.ids("customer")):
        current = Contact.objects.current().filter(customer=customer)
        heir = (
            None if current.filter(is_primary=True).exists() else current.order_by("name_key", "pk").first()
        )
        if heir:
            Contact.objects.filter(pk=heir.pk).update(
                is_primary=True, version=F("version") + 1, updated_at=now()
            )
