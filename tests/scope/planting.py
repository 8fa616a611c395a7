"""Customers whose every text names whose they are, so that any answer tells by itself what was seen."""

from dataclasses import dataclass
from types import SimpleNamespace

from leadline.customers.actions import archive_customer
from leadline.customers.models import Contact, Customer, Pulse
from leadline.people.models import Territory, User
from tests.cast import Make
from tests.routes.table import REACHED, scope

# A word for each; it stands in the name of the customer and of all that belongs to it, and in no other text.
WORDS = {
    "own": "Qowny",
    "territory's": "Qterry",
    "team's": "Qteamy",
    "others'": "Qothery",
    "own archived": "Xowny",
    "team's archived": "Xteamy",
    "others' archived": "Xothery",
}
MISSING = 987_654_321


@dataclass(frozen=True)
class Planted:
    """The customers by whose they are, with a contact, a note and a call each."""

    customers: dict[str, Customer]
    contacts: dict[str, Contact]
    notes: dict[str, object]
    calls: dict[str, object]


def plant(make: Make, cast: SimpleNamespace, user: User) -> Planted:
    """One of each, for somebody who stands in the team North and the territory Java."""
    owners = {"own": user, "territory's": cast.otto, "team's": cast.rosa, "others'": cast.otto}
    planted = Planted({}, {}, {}, {})
    for whose, word in WORDS.items():
        customer = make.customer(
            owners[whose.removesuffix(" archived")], name=f"Kopi {word}", email=email_of(whose), city="Medan"
        )
        planted.customers[whose] = customer
        planted.contacts[whose] = make.contact(customer, name=f"Budi {word}", email=f"budi.{email_of(whose)}")
        planted.notes[whose] = make.note(customer, f"{word} prefers mornings.")
        planted.calls[whose] = make.activity(customer, title=f"{word} called")
    java = Territory.objects.get(name="Java")
    theirs = planted.customers["territory's"]
    Customer.objects.filter(pk=theirs.pk).update(territory=java)
    Pulse.objects.filter(customer=theirs).update(territory_id=java.pk)
    for whose, customer in planted.customers.items():
        if whose.endswith("archived"):
            archive_customer(customer, by=make.by)
    return planted


def email_of(whose: str) -> str:
    """An address that tells nobody's name: a file may hold it without telling whose customer it is."""
    return f"k{list(WORDS).index(whose)}@kopi.example"


def reached(role: str, verb: str = "view", *, archived: bool = False) -> set[str]:
    """Whose customers a role reaches by a verb, as the table of roles says; nobody does what is not seen."""
    whose = REACHED[scope(role, "customer", "view")] & REACHED[scope(role, "customer", verb)]
    return {f"{each} archived" for each in whose} & set(WORDS) if archived else whose
