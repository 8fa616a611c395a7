"""What the pages of privacy show."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from leadline.core.privacy import Person, holders, is_erased, kinds_of_persons
from leadline.core.privacy.holders import ShownFile
from leadline.governance.models import Erasure, LegalHold
from leadline.governance.policies import may_erase, may_report
from leadline.governance.queries.entries import address_of
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


@dataclass(frozen=True)
class DoubtfulFile:
    """A file of others on which somebody has to decide, and whose erasure asks for it."""

    erasure: Erasure
    holder: str
    id: int
    names: bool
    shown: ShownFile
    address: str


def doubtful_files(reader: Any) -> list[DoubtfulFile]:
    """Files on which nobody decided yet, the oldest erasure first; one that is gone needs no verdict."""
    open_ones = [
        (erasure, asked)
        for erasure in Erasure.objects.exclude(files=[]).order_by("id")
        for asked in erasure.files
        if not asked["verdict"]
    ]
    found: dict[tuple[str, int], ShownFile] = {}
    for holder in holders():
        ids = [asked["id"] for _erasure, asked in open_ones if asked["holder"] == holder.name]
        if holder.files and ids:
            shown = holder.files.shown(ids, reader)
            found.update({(holder.name, key): file for key, file in shown.items()})
    return [
        DoubtfulFile(
            erasure, asked["holder"], asked["id"], asked["names"], file, address_of(file.kind, file.record)
        )
        for erasure, asked in open_ones
        if (file := found.get((asked["holder"], asked["id"])))
    ]
