"""Phone numbers, e-mail and web addresses in their stored form (CUS-2)."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leadline.core.normalise import phone
from leadline.core.normalise.email import clean_email
from leadline.core.normalise.phone import Phone, digits, format_phone, parse_phone, time_zone_of
from leadline.core.normalise.website import Website, clean_website
from leadline.core.refusals import RuleBroken


@pytest.mark.parametrize(
    ("typed", "country", "value"),
    [
        ("0812-3456-7890", "ID", "+6281234567890"),
        ("81234567890", "ID", "+6281234567890"),
        ("6281234567890", "ID", "+6281234567890"),
        ("0062 812 3456 7890", "ID", "+6281234567890"),
        ("+62 (0)812 3456 7890", "ID", "+6281234567890"),
        ("WA: 0812 3456 7890", "id", "+6281234567890"),
        ("81234567890.0", "ID", "+6281234567890"),
        ("(030) 901820", "DE", "+4930901820"),
        ("+49 30 / 90 18 20", "US", "+4930901820"),
        ("０３－１２３４－５６７８", "JP", "+81312345678"),
        ("650-253-0000 ext. 12", "US", "+16502530000;ext=12"),
        ("+55 11 91234-5678", "BR", "+5511912345678"),
        ("080 3123 4567", "NG", "+2348031234567"),
        ("+39 06 698 12345", "IT", "+390669812345"),
        ("", "US", ""),
        (" \t", "US", ""),
    ],
)
def test_a_number_is_read_by_the_rules_of_its_country(typed, country, value):
    assert parse_phone(typed, country) == Phone(value, understood=True)


@pytest.mark.parametrize(
    "typed",
    [
        "12",
        "call after 5 pm",
        "0812 3456 7890 (Budi)",
        "0812 3456 7890 / 0813 2222 3333",
        "8.12E+10",
        "n/a",
        "+999 123",
    ],
)
def test_what_is_no_number_is_kept_as_typed(typed):
    assert parse_phone(f" {typed} ", "ID") == Phone(typed, understood=False)


@given(
    st.from_regex(r"\A(\+|00?)?[1-9][0-9 ()-]{4,15}\Z"),
    st.sampled_from(["ID", "DE", "US", "IT", "BR", "JP", "AR"]),
)
def test_reading_a_stored_number_again_changes_nothing(typed, country):
    stored = parse_phone(typed, country)

    assert parse_phone(stored.value, country) == stored


@given(
    st.from_regex(r"\A[01]?[0-9][0-9 ()-]{4,13}\Z"),
    st.sampled_from(
        ["ID", "MY", "DE", "US", "IN", "JP", "NG", "GB", "AU", "FR", "TR", "ZA", "EG", "PH", "TH", "VN"]
    ),
)
@example("11000000000", "US")
def test_the_short_way_reads_as_the_long_one(typed, country):
    short = phone._read_usual(typed, country)

    assert not short or phone._read(typed.strip(), country) == Phone(short, understood=True)


@given(st.text(), st.sampled_from(["ID", "XX", ""]))
def test_any_text_gets_an_answer(typed, country):
    assert parse_phone(typed, country).value == typed.strip() or parse_phone(typed, country).understood


def test_a_number_is_shown_as_written_where_it_is_read():
    assert format_phone("+6281234567890", "ID") == "0812-3456-7890"
    assert format_phone("+6281234567890", "DE") == "+62 812-3456-7890"
    assert format_phone("call after 5", "ID") == "call after 5"


def test_digits_of_any_script():
    assert digits("+62 (812) ٣٤") == "6281234"


def test_the_zone_is_known_only_where_the_number_tells_just_one():
    assert time_zone_of("+4930901820") == "Europe/Berlin"
    assert time_zone_of("+12125550123") == "America/New_York"
    assert time_zone_of("+79161234567") == ""
    assert time_zone_of("nonsense") == ""


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Anna.Berg@Example.COM ", "anna.berg@example.com"),
        ("o'neil+crm@sub.example.co.uk", "o'neil+crm@sub.example.co.uk"),
        ("mailto:anna@example.com", "anna@example.com"),
        ("<anna@example.com>", "anna@example.com"),
        ("an\u200bna@example.com", "anna@example.com"),
        ("jörg@müller.example.de", "jörg@müller.example.de"),
        ("a@xn--mller-kva.de", "a@xn--mller-kva.de"),
    ],
)
def test_an_address_is_stored_in_lower_case(typed, stored):
    assert clean_email(typed) == stored


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "anna", "anna@", "@example.com", "anna@example", "a..b@example.com", "a@b@example.com",
     "a b@example.com", "a@-example.com", "a@example.com; b@example.com", "a@" + "e" * 250 + ".com",
     "a@1.2.3.4"],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_field_and_value(typed):
    with pytest.raises(RuleBroken) as refused:
        clean_email(typed, field="contact_email")

    assert refused.value.field == "contact_email"
    assert refused.value.value == typed


@given(st.emails())
def test_cleaning_a_clean_address_changes_nothing(address):
    try:
        stored = clean_email(address)
    except RuleBroken:
        return
    assert clean_email(stored) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("example.com", "https://example.com"),
        ("www.Example.COM/Path?Q=1", "https://www.example.com/Path?Q=1"),
        ("HTTP://example.com", "http://example.com"),
        ("//example.com", "https://example.com"),
        ("example.com:8080/a", "https://example.com:8080/a"),
        ("müller.de", "https://müller.de"),
        ("", ""),
    ],
)
def test_a_website_gets_its_scheme(typed, stored):
    assert clean_website(typed) == Website(stored, understood=True)


@pytest.mark.parametrize(
    "typed",
    ["none", "see card", "ftp://example.com", "mailto:a@example.com", "https://", "https://user:pw@example.com",
     "https://example.com\\@evil.example", "http://[::1", "example.com:99999999"],
)  # fmt: skip
def test_what_is_no_website_is_kept_as_typed(typed):
    assert clean_website(typed) == Website(typed, understood=False)


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", " JavaScript:alert(1)", "java\nscript:x", "\x01javascript:x", "data:text/html,x"],
)
def test_a_scheme_that_runs_something_is_refused(typed):
    with pytest.raises(RuleBroken) as refused:
        clean_website(typed)

    assert refused.value.field == "website"


@given(st.text(max_size=60))
def test_an_understood_website_stays_as_it_is(typed):
    try:
        stored = clean_website(typed)
    except RuleBroken:
        return
    if stored.understood and stored.value:
        assert stored.value.startswith(("https://", "http://"))
        assert clean_website(stored.value) == stored
