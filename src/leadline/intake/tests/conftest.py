"""What tests of mail in share: letters, an address with a real mailbox, and letting it be looked into."""

from datetime import timedelta
from itertools import count

import pytest

from leadline.api.tests.conftest import program
from leadline.core.actions import Actor
from leadline.intake import actions
from leadline.intake.models import IntakeAddress
from tests.imap import PASSWORD, USER

__all__ = ["program"]
_numbers = count(1)


def letter(text="I would like to buy.", *, sender="Budi Santoso <budi@kopi.example>", **headers):
    """A raw letter of somebody, with a Message-ID of its own; `Auto_Submitted=…` adds a header."""
    head = {
        "From": sender,
        "To": USER,
        "Subject": "A question",
        "Message-ID": f"<{next(_numbers)}@kopi.example>",
    }
    head |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in head.items() if value is not None]
    return ("\r\n".join(lines) + f"\r\n\r\n{text}\r\n").encode()


@pytest.fixture
def address(cast, by):
    """An address without a mailbox."""
    return actions.add_address(email=USER, campaign="Spring", language="id", by=by(cast.ada))


@pytest.fixture
def take(cast, address):
    """`take(raw)`: a letter is handed in."""

    def taken(raw, door="api"):
        return actions.take_letter(address, raw, door=door, by=Actor(cast.house, via="api")).letter

    return taken


@pytest.fixture
def box(cast, by, imap):
    """An address whose mailbox lies on a real server; what comes from a minute ago on is taken."""
    made = actions.add_address(
        email=USER,
        host="127.0.0.1",
        port=imap.port,
        security="none",
        user_name=USER,
        password=PASSWORD,
        by=by(cast.ada),
    )
    IntakeAddress.objects.update(reads_from=made.reads_from - timedelta(minutes=1))
    return IntakeAddress.objects.get()
