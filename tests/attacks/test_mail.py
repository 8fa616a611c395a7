"""Against outgoing mail: headers hidden in names, subjects and addresses (header injection)."""

import pytest
from django.test import Client

from leadline.core.mail.models import OutgoingMail
from leadline.core.organisation import Organisation, forget_organisation
from leadline.people.models import User

BREAKS = ("\r\n", "\n", "\r", "\u2028", "\x0b", "%0d%0a", "=?utf-8?q?=0D=0A?=")
HIDDEN = ("Bcc: evil@example.com", "Subject: You won", "\r\nX-Evil: yes\r\n\r\n<h1>Body</h1>")
WANTED = {
    *("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"),
    "X-Leadline",
}


def one_header_each(letters):
    """Every letter has just the headers of ours, one line each, and one reader."""
    for letter in letters:
        assert set(letter.keys()) <= {*WANTED, "Content-Transfer-Encoding"}, letter.keys()
        assert len(letter.get_all("To")) == len(letter.get_all("Subject")) == 1
        assert "," not in letter["To"]
        assert "evil@" not in str(letter["To"])


@pytest.mark.parametrize("broken", BREAKS)
def test_no_name_of_ours_hides_a_header(cast, as_, mailbox, settle, broken):
    """The inviter's name stands in the subject, the organisation's in the sender, one's own in the text."""
    evil = broken.join(["Ada", *HIDDEN])
    User.objects.filter(pk=cast.ada.pk).update(name=evil[:150])
    ada = as_(cast.ada)
    Organisation.objects.update_or_create(pk=1, defaults={"name": evil[:200]})
    forget_organisation()
    ada.post("/people/invitations", {"email": "nina@example.com", "roles": ["product"]})
    ada.post("/me/email", {"email": "ada.new@example.com"})
    Client().post("/sign-in/forgot", {"email": "ada@example.com"})
    settle()

    assert {letter["To"] for letter in mailbox.letters} == {
        "nina@example.com",
        "ada@example.com",
        "ada.new@example.com",
    }
    assert len(mailbox.letters) == 4
    one_header_each(mailbox.letters)


@pytest.mark.parametrize("broken", BREAKS)
def test_no_address_hides_a_header_or_a_second_reader(cast, as_, mailbox, settle, broken):
    addresses = [f"nina@example.com{broken}{hidden}" for hidden in HIDDEN] + [
        f"evil@example.com,{broken}nina@example.com",
        f"nina{broken}@example.com",
        f'"nina{broken}Bcc: evil@example.com"@example.com',
    ]
    for address in addresses:
        as_(cast.ada).post("/people/invitations", {"email": address, "roles": ["product"]})
        as_(cast.rosa).post("/me/email", {"email": address})
        Client().post("/sign-in/forgot", {"email": address})
    settle()

    one_header_each(mailbox.letters)
    kept = OutgoingMail.objects.values_list("to", flat=True)
    assert not [to for to in kept if not to.isprintable() or "," in to or "evil" in to]
