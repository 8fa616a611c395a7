"""Contacts and individual customers are persons (PPL-8)."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.core.actions import Actor, lock_all
from leadline.core.changesets import after_undo
from leadline.core.custom.personal import reported
from leadline.core.history import HistoryEntry
from leadline.core.privacy import (
    Holder,
    Person,
    Section,
    register_holder,
    register_person,
    without_personal_data,
)
from leadline.core.privacy.persons import usable
from leadline.core.refusals import RuleBroken
from leadline.core.sets import array_of
from leadline.customers.actions import archive_contact, archive_customers, erase_contacts, erase_customers
from leadline.customers.models import Contact, Customer
from leadline.customers.queries.external_ids import external_ids_of
from leadline.customers.queries.merged import all_that_are
from leadline.governance.actions import follow_consents
from leadline.governance.retention import Retained, register_retained
from leadline.people.models import User

OF_A_CONTACT = ("name", "email", "phone", "title", "department", "language", "unclear")
OF_AN_EXTERNAL_ID = ("system", "value")
OF_A_CUSTOMER = (
    *("name", "email", "phone", "website", "description", "requirements", "source", "address", "city"),
    *("region", "postcode", "tags", "unclear", "language", "time_zone", "employees", "blocked_reason"),
)


def contact_as_person(key: int) -> Person | None:
    """A contact with those merged with it, the customers where it is and was, and all that it was called."""
    contact = Contact.objects.filter(pk=key).first()
    if contact is None:
        return None
    same = list(Contact.objects.filter(pk__in=all_that_are(Contact, [key])).order_by("pk"))
    ids = [each.pk for each in same]
    past = _past("contact", ids)
    return Person(
        kind="contact",
        id=key,
        name=contact.name,
        words=_words(same, past),
        records={"contact": tuple(ids)},
        within=tuple({*(each.customer_id for each in same), *_values(past, ["customer_id"])}),
    )


def customer_as_person(key: int) -> Person | None:
    """An individual customer with those merged with it, and its contacts; a company is no person."""
    customer = Customer.objects.filter(pk=key, kind=Customer.Kind.INDIVIDUAL).first()
    if customer is None:
        return None
    ids = all_that_are(Customer, [key])
    same = list(Customer.objects.filter(pk__in=ids, kind=Customer.Kind.INDIVIDUAL).order_by("pk"))
    own = [each.pk for each in same]
    contacts = list(Contact.objects.filter(customer_id__in=own))
    past = _past("customer", own) + _past("contact", [contact.pk for contact in contacts])
    return Person(
        kind="customer",
        id=key,
        name=customer.name,
        words=_words([*same, *contacts], past),
        records={"customer": tuple(own), "contact": tuple(contact.pk for contact in contacts)},
        within=tuple(ids),
    )


def hold_records(person: Person) -> None:
    """Lock the person's records: customers before contacts, by key, as everybody does."""
    contacts = Contact.objects.filter(pk__in=person.ids("contact"))
    homes = {*person.ids("customer"), *contacts.values_list("customer_id", flat=True)}
    lock_all(Customer.objects.filter(pk__in=homes))
    lock_all(contacts)


def held_contacts(person: Person) -> Section:
    """The fields of the person's contacts."""
    rows = Contact.objects.filter(pk__in=person.ids("contact")).order_by("pk")
    return _told("contact", list(rows.values(*_shown(Contact))))


def held_customers(person: Person) -> Section:
    """The fields of an individual customer."""
    rows = Customer.objects.filter(pk__in=person.ids("customer")).order_by("pk")
    return _told("customer", list(rows.values(*_shown(Customer))))


def sees_contact(user: User, key: int) -> bool:
    """Whether somebody sees the contact's customer."""
    return Contact.objects.visible_to(user).filter(pk=key).exists()


def sees_customer(user: User, key: int) -> bool:
    """Whether somebody sees the customer."""
    return Customer.objects.visible_to(user).filter(pk=key).exists()


@after_undo("customer")
def keep_erased_customers(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """An undoing leaves an erased person as it is."""
    _refuse_erased(Customer, ids)


@after_undo("contact")
def keep_erased_contacts(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """The same for contacts; consents follow what was changed back."""
    _refuse_erased(Contact, ids)
    if any(column.startswith("consent_") for column in columns):
        follow_consents("contact", "customers_contact", ids, by=by)


def _refuse_erased(model: type[Contact] | type[Customer], ids: Iterable[int]) -> None:
    """Thousands of keys in one value: as many values would take longer than to look."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM {model._meta.db_table}"
            " WHERE id = ANY(%s::bigint[]) AND erased_at IS NOT NULL)",
            [array_of(ids)],
        )
        if cursor.fetchone()[0]:
            raise RuleBroken(gettext("This person was erased and can't be brought back."))


def _words(records: Iterable[Contact | Customer], past: list[dict[str, Any]]) -> tuple[str, ...]:
    now_called: list[str | None] = []
    for record in records:
        if record.erased_at is None:
            now_called += [record.name, record.email, record.phone]
    return usable([*now_called, *_values(past, ["name", "email", "phone"])])


def _past(kind: str, ids: list[int]) -> list[dict[str, Any]]:
    rows = HistoryEntry.objects.filter(kind=kind, record_id__in=ids, changes__isnull=False)
    return [changes or {} for changes in rows.values_list("changes", flat=True)]


def _values(past: list[dict[str, Any]], columns: list[str]) -> list[Any]:
    found = [value for changes in past for column in columns for value in changes.get(column, ())]
    return [value for value in found if value is not None]


def _told(kind: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records with their ids elsewhere, and with their custom fields by their labels."""
    ids = external_ids_of(kind, [row["id"] for row in rows])
    return [
        {**row, "external_ids": ids.get(row["id"], []), "custom": reported(kind, row["custom"])}
        for row in rows
    ]


def _shown(model: Any) -> list[str]:
    return [
        field.attname for field in model._meta.concrete_fields if field.name not in ("name_key", "version")
    ]


register_person(
    "contact",
    _("Contact"),
    fetch=contact_as_person,
    sees=sees_contact,
    is_erased=lambda key: Contact.objects.filter(pk=key, erased_at__isnull=False).exists(),
    hold=hold_records,
)
register_person(
    "customer",
    _("Customer"),
    fetch=customer_as_person,
    sees=sees_customer,
    is_erased=lambda key: Customer.objects.filter(pk=key, erased_at__isnull=False).exists(),
    hold=hold_records,
)


def _archive_customers(ids: list[int], *, by: Actor) -> int:
    return len(archive_customers(ids, by=by).changed)


def _archive_contacts(ids: list[int], *, by: Actor) -> int:
    rows = Contact.objects.current().filter(pk__in=ids, customer__archived_at=None).order_by("pk")
    return len([archive_contact(contact, by=by) for contact in rows])


register_retained(
    Retained("customer", _("Customers"), "id", "record.kind = 'individual'", _archive_customers)
)
register_retained(Retained("contact", _("Contacts"), "customer_id", "TRUE", _archive_contacts))
register_holder(
    Holder(
        "customers.customers",
        _("Customer"),
        ("customers.Customer", "customers.CustomerExternalId"),
        held_customers,
        erase_customers,
        {"customer": OF_A_CUSTOMER, "customer_external_id": OF_AN_EXTERNAL_ID},
    )
)
register_holder(
    Holder(
        "customers.contacts",
        _("Contacts"),
        ("customers.Contact", "customers.ContactExternalId"),
        held_contacts,
        erase_contacts,
        {"contact": OF_A_CONTACT, "contact_external_id": OF_AN_EXTERNAL_ID},
    )
)
without_personal_data(
    {
        "customers.Pulse": "moments and keys",
        "customers.LikenessRule": "percentages of the house",
        "customers.SharedDomain": "domains that more than twenty customers share",
    }
)
