"""A line says what is to be done and when, in English and in Indonesian (TIM-7)."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.tasks.reading import Line, read_line

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)  # 16:30 in Jakarta


def _moment(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("today", date(2026, 3, 2)),
        ("tomorrow", date(2026, 3, 3)),
        ("day after tomorrow", date(2026, 3, 4)),
        ("tomorrow 10:00", _moment(3, 10)),
        ("tomorrow at 10am", _moment(3, 10)),
        ("at 3pm tomorrow", _moment(3, 15)),
        ("tomorrow at 15", _moment(3, 15)),
        ("fri", date(2026, 3, 6)),
        ("on friday 9:15", _moment(6, 9, 15)),
        ("monday", date(2026, 3, 9)),
        ("+3d", date(2026, 3, 5)),
        ("in 3 days", date(2026, 3, 5)),
        ("+2w", date(2026, 3, 16)),
        ("+1m", date(2026, 4, 2)),
        ("+2h", _moment(2, 11, 30)),
        ("in 2 hours", _moment(2, 11, 30)),
        ("11:00", _moment(2, 11)),
        ("9:00", _moment(3, 9)),
        ("next week", date(2026, 3, 9)),
        ("next month", date(2026, 4, 1)),
        ("2026-12-24", date(2026, 12, 24)),
        ("24 dec", date(2026, 12, 24)),
        ("dec 24 14:00", datetime(2026, 12, 24, 14, tzinfo=UTC)),
        ("1 feb", date(2027, 2, 1)),
        ("hari ini", date(2026, 3, 2)),
        ("besok", date(2026, 3, 3)),
        ("besok jam 10", _moment(3, 10)),
        ("besok pukul 10.30", _moment(3, 10, 30)),
        ("lusa", date(2026, 3, 4)),
        ("jumat", date(2026, 3, 6)),
        ("hari kamis", date(2026, 3, 5)),
        ("minggu depan", date(2026, 3, 9)),
        ("3 hari lagi", date(2026, 3, 5)),
        ("2 jam lagi", _moment(2, 11, 30)),
        ("24 desember 2027", date(2027, 12, 24)),
    ],
)
def test_when_stands_at_either_end(said, due):
    """And the rest is the title."""
    for text in (f"Call Bright Ltd {said}", f"{said.capitalize()} call Bright Ltd"):
        line = read_line(text, now=MONDAY, zone="UTC")

        assert line.title.casefold() == "call bright ltd"
        assert (line.due_at or line.due_on) == due


@pytest.mark.parametrize(
    "text",
    ["Order 10", "Read chapter 3", "tomorrow", "Friday", "Pay 31 feb", "Ask May", "Buy 7 days pass for Ann"],
)
def test_what_is_no_time_belongs_to_the_title(text):
    """Nothing typed is lost."""
    assert read_line(text, now=MONDAY, zone="UTC") == Line(text)


def test_times_are_those_of_the_persons_clock():
    """ALL-6: half past four in the afternoon in Jakarta, so ten o'clock is tomorrow's."""
    line = read_line("Call 10:00", now=MONDAY, zone="Asia/Jakarta")

    assert line.due_at == datetime(2026, 3, 3, 3, tzinfo=UTC)


def test_an_exclamation_mark_makes_it_urgent():
    """Wherever it stands by itself."""
    assert read_line("Call Ann ! tomorrow", now=MONDAY, zone="UTC") == Line(
        "Call Ann", is_high=True, due_on=date(2026, 3, 3)
    )


@given(st.text(max_size=120))
def test_any_text_is_read(text):
    """Whatever is typed, nothing breaks."""
    read_line(text, now=MONDAY, zone="Asia/Jakarta")
