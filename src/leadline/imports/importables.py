"""What can be imported: the fields that a column may fill, the keys, the template to download (CUS-19,
CUS-20)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, catalogue
from leadline.core.normalise.text import simple
from leadline.core.refusals import RuleBroken
from leadline.imports.reading.mapping import Target
from leadline.people.models import User

FIRST_NAME = Target("first_name", "First name", ("given name", "forename", "nama depan"))
LAST_NAME = Target("last_name", "Last name", ("family name", "surname", "nama belakang"))
OTHER_EMAIL = Target(
    "other_email", "Other e-mail", ("e-mail 2", "email 2", "secondary email", "e-mail 2 address")
)
OTHER_PHONE = Target("other_phone", "Other phone", ("phone 2", "mobile phone", "other phone", "mobile 2"))
CUSTOMER_EMAIL = Target(
    "customer_email", "Customer e-mail", ("company email", "account email", "customer email address")
)
ID = Target("id", "Id")
EXTERNAL_ID = Target("external_id", "External id", ("foreign id", "id in other system"))
CUSTOMER_EXTERNAL_ID = Target("customer_external_id", "Customer (by external id)", ())
EXTRA_LABELS = {
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "other_email": _("E-mail, where the first is empty"),
    "other_phone": _("Phone, where the first is empty"),
    "customer_email": _("Customer (by e-mail)"),
    "customer_external_id": _("Customer (by external id)"),
    "external_id": _("External id"),
    "id": _("Id in Leadline"),
}
# What a row of contacts may tell of its customer, should that have to be made (CUS-20).
OF_CUSTOMER = (
    "phone", "website", "industry", "employees", "address", "city", "region", "postcode", "country", "status",
    "description", "tags", "source", "owner",
)  # fmt: skip


def of_customer(name: str) -> str:
    """The customer's field that a target of contacts fills ("" for the contact's own)."""
    field = name.removeprefix("customer_")
    return field if field != name and field in OF_CUSTOMER else ""


@dataclass(frozen=True)
class Importable:
    """One kind of file: what its rows become."""

    key: str
    object: str
    label: str | Promise
    built_in_keys: tuple[str, ...]
    template: tuple[str, ...]
    example: tuple[str, ...]
    extra: tuple[Target, ...]
    updates: bool = True
    linked: bool = True  # each row belongs to a customer
    makes_customers: bool = False
    takes_cards: bool = False  # vCard files
    doubles: bool = True  # whether a row that is here already may become another record
    permission: str = "customer"  # the object that a role must be allowed to add and to import

    @cached_property
    def catalogue(self) -> Catalogue:
        """The fields of what its rows become."""
        return catalogue(self.object)

    def keys(self, user: User | None) -> tuple[str, ...]:
        """By what a record may be known: built in, and the custom fields that are keys and seen (CUS-21)."""
        custom = (item.name for item in self.catalogue.visible_to(user) if item.is_key)
        return (*self.built_in_keys, *custom) if self.updates else self.built_in_keys

    def known_by(self, user: User | None) -> list[tuple[str, str]]:
        """The same with their labels, for choosing."""
        fields = self.catalogue.by_name
        return [(key, str(fields[key].label)) for key in self.keys(user) if key in fields]

    def fields(self, user: User | None = None) -> list[Field]:
        """The fields that a column may fill."""
        return [field for field in self.catalogue.visible_to(user) if field.importable and field.editable]

    def targets(self, user: User | None = None) -> list[Target]:
        """The same with all the names they are known by, and parts of fields such as a first name."""
        own = [Target(field.name, str(field.label), field.synonyms) for field in self.fields(user)]
        return [*own, *self.extra]

    def labels(self, user: User | None = None) -> list[tuple[str, str]]:
        """Field and label, for choosing."""
        own = [(field.name, str(field.label)) for field in self.fields(user)]
        return own + [(extra.name, self._label(extra)) for extra in self.extra]

    def _label(self, extra: Target) -> str:
        if of_customer(extra.name):
            label = catalogue("customer").field(of_customer(extra.name)).label
            return gettext("New customer: %(field)s") % {"field": label}
        return str(EXTRA_LABELS[extra.name])

    def known_words(self) -> set[str]:
        """All names of columns we know, in simple letters."""
        return {simple(word) for word in self.template}.union(
            *(target.known_as() for target in self.targets())
        )


IMPORTABLES = {
    "customers": Importable(
        key="customers",
        object="customer",
        label=_("Customers"),
        built_in_keys=("email", "phone", "name", "external_id", "id"),
        template=("name", "email", "phone", "industry", "website", "address", "status"),
        example=(
            "Example Company", "hello@company.example", "+62 21 555 0100", "Technology",
            "company.example", "Jl. Contoh 1, Jakarta", "prospect",
        ),
        linked=False,
        extra=(FIRST_NAME, LAST_NAME, OTHER_EMAIL, OTHER_PHONE, EXTERNAL_ID, ID),
    ),
    "contacts": Importable(
        key="contacts",
        object="contact",
        label=_("Contacts"),
        built_in_keys=("email", "phone", "name", "external_id", "id"),
        template=(
            "name", "email", "phone", "title", "department", "customer", "customer_email", "is_primary",
        ),
        example=(
            "Ana Example", "ana@company.example", "+62 812 555 0100", "Buyer", "Purchasing",
            "Example Company", "hello@company.example", "yes",
        ),
        makes_customers=True,
        takes_cards=True,
        extra=(
            FIRST_NAME, LAST_NAME, OTHER_EMAIL, OTHER_PHONE, EXTERNAL_ID, ID, CUSTOMER_EMAIL,
            CUSTOMER_EXTERNAL_ID, *(Target(f"customer_{name}", f"Customer {name}") for name in OF_CUSTOMER),
        ),
    ),
    "activities": Importable(
        key="activities",
        object="activity",
        label=_("Activities"),
        built_in_keys=("name",),
        template=("customer", "customer_email", "kind", "title", "at", "description", "outcome", "duration"),
        example=(
            "Example Company", "hello@company.example", "call", "Introduced ourselves",
            "2026-03-31 10:00", "They want to see the product.", "", "15",
        ),
        extra=(CUSTOMER_EMAIL, CUSTOMER_EXTERNAL_ID),
        updates=False,
    ),
    "leads": Importable(
        key="leads",
        object="lead",
        label=_("Leads"),
        built_in_keys=("email", "phone", "id"),
        template=("name", "company", "email", "phone", "country", "source", "campaign", "owner"),
        example=(
            "Ana Example", "Example Company", "ana@company.example", "+62 812 555 0100", "ID",
            "Web form", "Autumn", "",
        ),
        linked=False,
        doubles=False,
        permission="lead",
        extra=(FIRST_NAME, LAST_NAME, OTHER_EMAIL, OTHER_PHONE, ID),
    ),
}  # fmt: skip


def importable(kind: str) -> Importable:
    """What can be imported under this name; refuses what can't."""
    if kind not in IMPORTABLES:
        known = ", ".join(IMPORTABLES)
        raise RuleBroken(_("Known are: %(known)s.") % {"known": known}, field="kind", value=kind)
    return IMPORTABLES[kind]
