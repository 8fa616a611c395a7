"""What the pages of privacy show."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leadline.core.privacy import Person, is_erased, kinds_of_persons
from leadline.governance.models import Erasure, LegalHold
from leadline.governance.policies import may_erase, may_report
from leadline.governance.queries.holds import hold_on
from leadline.people.models import User


@dataclass(frozen=True)
class PersonState:
    """A person as the pages of privacy show one, and what the viewer may do."""

    person: Person
    kind: str
    is_erased: bool
    hold: LegalHold | None
    erasure: Erasure | None
    may_report: bool
    may_erase: bool


def person_state(person: Person, user: User) -> PersonState:
    """The state of one person."""
    erased = is_erased(person.kind, person.id)
    return PersonState(
        person=person,
        kind=str(kinds_of_persons()[person.kind]),
        is_erased=bool(erased),
        hold=hold_on(person),
        erasure=open_erasures().filter(kind=person.kind, record_id=person.id).first(),
        may_report=may_report(user, person),
        may_erase=erased is not None and may_erase(user),
    )


def open_erasures() -> QuerySet[Erasure]:
    """Asked for and not done yet."""
    return Erasure.objects.filter(state__in=[Erasure.State.REQUESTED, Erasure.State.WAITING])


def counts_in_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    """What an erasure reached, for people."""
    words = {
        "contacts": _("Contacts"),
        "customers": _("Customers"),
        "activities": _("Activities"),
        "notes": _("Notes"),
        "promises": _("Promises"),
        "consents": _("Consents"),
        "sensitive": _("Sensitive fields"),
        "remarks": _("Remarks of hand-overs"),
        "files": _("Files on notes"),
        "history": _("Entries of the history"),
        "texts": _("Texts that named the person"),
        "job_files": _("Exports and other files of jobs"),
        "import_files": _("Imported files"),
        "answers": _("Kept answers of the API"),
    }
    return [(words.get(name, name), count) for name, count in counts.items()]
