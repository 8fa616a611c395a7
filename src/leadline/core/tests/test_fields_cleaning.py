"""A value is cleaned alike from form, API and file; the rest is refused by name (ALL-2, CUS-2)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.core.fields import Cleaning, Field, Viewer
from leadline.core.fields.kinds import KINDS
from leadline.core.refusals import RuleBroken


def field(kind: str, **more) -> Field:
    return Field(name="it", label="It", kind=KINDS[kind], sql="t.it", **more)


COLOURS = (("red", "Red"), ("dark_blue", "Dark blue"))


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  Maju \r\n Jaya ", "Maju Jaya"),
        ("text", 12, "12"),
        ("long_text", "a\r\nb ", "a\nb"),
        ("email", " Rosa@Example.com", "rosa@example.com"),
        ("phone", "0812-3456-7890", "+6281234567890"),
        ("website", "example.com", "https://example.com"),
        ("choice", "Dark Blue", "dark_blue"),
        ("choice", "RED", "red"),
        ("country", "Indonesia", "ID"),
        ("country", "de", "DE"),
        ("language", "Inggris", "en"),
        ("time_zone", "asia/jakarta", "Asia/Jakarta"),
        ("yes_no", "ya", True),
        ("yes_no", "No", False),
        ("number", "1.234,50", Decimal("1234.50")),
        ("number", "1,234.5", Decimal("1234.5")),
        ("number", "-3", Decimal(-3)),
        ("number", "1 234 567", Decimal(1234567)),
        ("money", "10.5", Decimal("10.50")),
        ("date", "2026-03-04", date(2026, 3, 4)),
        ("date", "4 Maret 2026", date(2026, 3, 4)),
        ("date", "31/12/2026", date(2026, 12, 31)),
        ("moment", "2026-03-04 15:30", datetime(2026, 3, 4, 8, 30, tzinfo=UTC)),
        ("moment", "2026-03-04T15:30:00Z", datetime(2026, 3, 4, 15, 30, tzinfo=UTC)),
        ("tags", "vip; new,vip ", ["vip", "new"]),
        ("tags", ["a b"], ["a b"]),
        ("tags", "", []),
        ("text", None, ""),
        ("number", " ", None),
        ("choice", "", ""),
    ],
)
def test_what_people_and_files_write_is_understood(kind, typed, value):
    place = Cleaning(country="ID", zone="Asia/Jakarta")

    assert field(kind, choices=COLOURS if kind == "choice" else ()).clean(typed, place) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("text", "a\x00b"),
        ("text", "\ud800"),
        ("text", {"a": 1}),
        ("text", "x" * 10_001),
        ("email", "rosa"),
        ("website", "javascript:alert(1)"),
        ("choice", "green"),
        ("choice", "%s {0}"),
        ("country", "Atlantis"),
        ("time_zone", "../etc/passwd"),
        ("yes_no", "maybe"),
        ("number", "1,234"),
        ("number", "1e999999999"),
        ("number", "NaN"),
        ("number", "Infinity"),
        ("number", True),
        ("number", "9" * 30),
        ("number", "1_000"),
        ("money", "1.005"),
        ("date", "03/04/2026"),
        ("date", "2026-02-30"),
        ("date", "0001-01-01"),
        ("moment", "2026-03-04T99:00"),
        ("tags", ["a,b"]),
        ("tags", [{"a": 1}]),
        ("tags", "x" * 51),
        ("user", "nobody@x.test"),
        ("link", "5"),
    ],
)
def test_what_can_not_be_meant_is_refused_by_name(kind, typed):
    with pytest.raises(RuleBroken) as refused:
        field(kind, choices=COLOURS if kind == "choice" else ()).clean(typed)

    assert refused.value.field == "it"
    assert refused.value.message


def test_a_phone_number_nobody_understands_is_kept_and_told():
    """CUS-2"""
    place = Cleaning(country="ID")

    assert field("phone").clean("ask Budi", place) == "ask Budi"
    assert place.unclear == {"it"}


def test_dates_that_read_two_ways_are_read_as_the_file_says():
    assert field("date").clean("03/04/2026", Cleaning(day_first=True)) == date(2026, 4, 3)
    assert field("date").clean("03/04/2026", Cleaning(day_first=False)) == date(2026, 3, 4)


def test_a_required_field_is_not_left_empty():
    with pytest.raises(RuleBroken, match="required"):
        field("text", required=True).clean("  ")


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(
    typed=st.text()
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.none()
    | st.lists(st.text())
    | st.binary()
)
def test_any_input_is_a_value_or_a_refusal(kind, typed):
    """No input is a fault; and what was taken can be shown and exported."""
    about = field(kind, choices=COLOURS if kind == "choice" else ())
    try:
        value = about.clean(typed, Cleaning(country="ID"))
    except RuleBroken:
        return
    assert isinstance(about.render(value, Viewer()), str)
    assert about.clean(about.export(value), Cleaning(country="ID")) == value or kind == "phone"
