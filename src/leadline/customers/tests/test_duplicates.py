"""Who might be here already is told before it is added twice (CUS-3)."""

import pytest

from leadline.customers import actions
from leadline.customers.queries.duplicates import likely_duplicates


def told(user, **asked) -> list[tuple[str, list[str], bool]]:
    """Name, reasons, and whether the person sees it."""
    given = {"name": "", "email": "", "phone": "", **asked}
    return [(like.record.name, like.reasons, like.is_visible) for like in likely_duplicates(user, **given)]


def test_each_reason_is_named_and_the_surest_comes_first(cast, make):
    """CUS-3: same e-mail, same phone, name alike."""
    make.customer(cast.rosa, name="Kopi Tua Jaya", city="Solo")
    make.customer(cast.rosa, name="Else", email="a@x.example", phone="+4930901820")

    found = told(cast.rosa, name="KOPI TUA JAYA", email="a@x.example", phone="+4930901820", city="solo")

    assert found == [
        ("Else", ["same e-mail", "same phone"], True),
        ("Kopi Tua Jaya", ["name 100 % alike", "same city"], True),
    ]


def test_one_out_of_sight_is_told_as_such(cast, make):
    """CUS-6: it exists; the page shows no name of it."""
    make.customer(cast.otto, name="Kopi Tua", email="a@x.example")

    assert told(cast.rosa, email="a@x.example") == [("Kopi Tua", ["same e-mail"], False)]


def test_the_archived_and_the_unlike_are_not_told(cast, make, by):
    """CUS-3: only who is here, and only near names."""
    make.customer(cast.rosa, name="Kopi Muda")
    gone = make.customer(cast.rosa, name="Kopi Tua", email="a@x.example")
    actions.archive_customer(gone, by=by(cast.rosa))

    assert told(cast.rosa, name="Kopi Tua Jaya Abadi", email="a@x.example") == []


@pytest.mark.parametrize("name", ["", "   ", "%", "_", "\\", "'; --", "\x00", "x" * 5000, "🦑"])
def test_hostile_names_find_nobody(cast, make, name):
    """ALL-2: no error, and no wildcard."""
    make.customer(cast.rosa, name="Kopi Tua")

    assert told(cast.rosa, name=name) == []
