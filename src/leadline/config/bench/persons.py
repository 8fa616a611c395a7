"""Persons: erasing one (PPL-8)."""

from collections.abc import Callable, Iterable

from leadline.config.bench.data import Data
from leadline.config.bench.registry import Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.core.actions import Actor
from leadline.core.changesets import preview
from leadline.core.privacy import Person, person_of
from leadline.customers.models import Contact, Customer
from leadline.governance.actions import confirm_erasure, request_erasure
from leadline.people.models import User


@row("Erasure of a person", Goal(500, p95=500), changes_data=True)
def erasure(data: Data) -> dict[str, Measured]:
    """Both steps, rolled back, each time of another person; files and texts follow in the background."""
    contacts = Contact.objects.filter(customer__in=data.sample, archived_at=None).values_list("pk", flat=True)
    individuals = Customer.objects.filter(pk__in=data.sample, kind=Customer.Kind.INDIVIDUAL, archived_at=None)
    found = {"a contact": _persons("contact", contacts[: data.times])}
    found["an individual customer"] = _persons(
        "customer", individuals.values_list("pk", flat=True)[: data.times]
    )
    by = Actor(User.objects.house(), via="cli")
    return {
        name: measured([_erasing(person, by) for person in persons], data.times)
        for name, persons in found.items()
        if persons
    }


def _persons(kind: str, keys: Iterable[int]) -> list[Person]:
    return [person for key in keys if (person := person_of(kind, key))]


def _erasing(person: Person, by: Actor) -> Callable[[], object]:
    def both_steps(*, by: Actor) -> None:
        known = person_of(person.kind, person.id)
        if known is not None:
            erasure = request_erasure(known, reason="Benchmark", by=by)
            confirm_erasure(erasure, name=known.name, by=by)

    return lambda: preview(both_steps, by=by)
