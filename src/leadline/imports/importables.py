"""What can be imported: the fields that a column may fill, the keys, the template to download (CUS-19,
CUS-20)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, catalogue
from leadline.core.normalise.text import simple
from leadline.core.refusals import RuleBroken
from leadline.imports.reading.mapping import Target
from leadline.people.models import User

FIRST_NAME = Target("first_name", "First name", ("given name", "forename", "nama depan"))
LAST_NAME = Target("last_name", "Last name", ("family name", "surname", "nama belakang"))
CUSTOMER_EMAIL = Target(
    "customer_email", "Customer e-mail", ("company email", "account email", "customer email address")
)
ID = Target("id", "Id")
EXTRA_LABELS = {
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "customer_email": _("Customer (by e-mail)"),
    "id": _("Id in Leadline"),
}


@dataclass(frozen=True)
class Importable:
    """One kind of file: what its rows become."""

    key: str
    object: str
    label: str | Promise
    keys: tuple[str, ...]
    template: tuple[str, ...]
    example: tuple[str, ...]
    extra: tuple[Target, ...]
    updates: bool = True

    @cached_property
    def catalogue(self) -> Catalogue:
        """The fields of what its rows become."""
        return catalogue(self.object)

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
        return own + [(extra.name, str(EXTRA_LABELS[extra.name])) for extra in self.extra]

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
        keys=("email", "phone", "name", "id"),
        template=("name", "email", "phone", "industry", "website", "address", "status"),
        example=(
            "Example Company", "hello@company.example", "+62 21 555 0100", "Technology",
            "company.example", "Jl. Contoh 1, Jakarta", "prospect",
        ),
        extra=(FIRST_NAME, LAST_NAME, ID),
    ),
    "contacts": Importable(
        key="contacts",
        object="contact",
        label=_("Contacts"),
        keys=("email",),
        template=(
            "name", "email", "phone", "title", "department", "customer", "customer_email", "is_primary",
        ),
        example=(
            "Ana Example", "ana@company.example", "+62 812 555 0100", "Buyer", "Purchasing",
            "Example Company", "hello@company.example", "yes",
        ),
        extra=(FIRST_NAME, LAST_NAME, CUSTOMER_EMAIL),
    ),
    "activities": Importable(
        key="activities",
        object="activity",
        label=_("Activities"),
        keys=("name",),
        template=("customer", "customer_email", "kind", "title", "at", "description", "outcome", "duration"),
        example=(
            "Example Company", "hello@company.example", "call", "Introduced ourselves",
            "2026-03-31 10:00", "They want to see the product.", "", "15",
        ),
        extra=(CUSTOMER_EMAIL,),
        updates=False,
    ),
}  # fmt: skip


def importable(kind: str) -> Importable:
    """What can be imported under this name; refuses what can't."""
    if kind not in IMPORTABLES:
        known = ", ".join(IMPORTABLES)
        raise RuleBroken(_("Known are: %(known)s.") % {"known": known}, field="kind", value=kind)
    return IMPORTABLES[kind]
