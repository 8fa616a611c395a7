"""A phone number in a letter fills the lead's, where it is one and no more (LEA-2)."""

import pytest

from leadline.intake.reading import phone_in
from leadline.intake.tests.conftest import letter
from leadline.leads.models import Lead

BUDI = "+6281234567890"
QUOTED = "On 20 November 2026 Rosa wrote:\n> Call us: 0813-9999-8888"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Please call me.\n-- \nBudi\nHP: 0812-3456-7890", BUDI),
        ("Call +62 812 3456 7890, I repeat: 0812 3456 7890.", BUDI),
        ("0812-3456-7890 or 0813-9999-8888", ""),
        ("Tel. 0812-3456-7890\nFax 021 5556 7788", BUDI),
        ("Thanks!\nTel 0812-3456-7890\n\n" + QUOTED, BUDI),
        (QUOTED, ""),
        ("My invoice 2026-11-26 / 12345678 of Rp 1.500.000", ""),
        ("It cost 1.500.000 IDR, call 0812-3456-7890", BUDI),
        ("TRY 0812-3456-7890", BUDI),
        ("", ""),
    ],
)
def test_one_number_in_ones_own_words_is_found_several_are_not_guessed(text, found):
    assert phone_in(text, sender="budi@kopi.example", country="ID") == found


@pytest.mark.parametrize(
    ("sender", "found"),
    [("a@firma.de", "+4930901820"), ("a@firma.com", ""), ("a@firma.io", "")],
)
def test_a_number_without_a_country_is_read_by_the_senders(sender, found):
    assert phone_in("Telefon 030 901820", sender=sender, country="US") == found


@pytest.mark.django_db
class TestTaken:
    """By a letter that comes in."""

    def test_a_new_lead_gets_it(self, take):
        take(letter("Call me: +62 812-3456-7890"))

        assert Lead.objects.get().phone == BUDI

    def test_a_lead_without_one_gets_it_and_keeps_it(self, take, cast, make):
        lead = make.lead(cast.rosa, email="budi@kopi.example", phone="")

        take(letter("Call me: +62 812-3456-7890"))
        take(letter("Now call me: +62 813-9999-8888"))

        lead.refresh_from_db()
        assert lead.phone == BUDI

    def test_the_number_of_another_lead_makes_nobody_that_lead(self, take, cast, make):
        make.lead(cast.rosa, email="ana@kopi.example", phone=BUDI)

        came = take(letter("My colleague has +62 812-3456-7890"))

        assert came.state == "lead"
        assert Lead.objects.get(email="budi@kopi.example").phone == ""
