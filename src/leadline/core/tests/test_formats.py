"""How figures, money and times read for people in two languages and in their own zone (ALL-5, ALL-6)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from leadline.core import clock, formats


def test_money_reads_as_the_language_writes_it():
    with translation.override("en"):
        assert formats.money(Decimal("1250.50"), "EUR") == "€1,250.50"
        assert formats.money(Decimal("1250.50"), "EUR", whole=True) == "€1,250"
    with translation.override("id"):
        assert formats.money(Decimal("1250.50"), "IDR").replace("\xa0", " ").startswith("Rp")


def test_a_moment_is_shown_in_the_viewers_zone():
    late = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    with translation.override("en"), timezone.override("Asia/Jakarta"):
        assert formats.day(late) == "5 Mar 2026"
    with translation.override("en"), timezone.override("America/New_York"):
        assert formats.day(late) == "4 Mar 2026"


def test_a_near_moment_needs_no_year():
    late = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    with translation.override("en"), timezone.override("Asia/Jakarta"):
        assert formats.soon(late) == "5 Mar 06:30"
    with translation.override("id"), timezone.override("UTC"):
        assert formats.soon(late) == "4 Mar 23.30"


def test_a_day_alone_belongs_to_no_zone():
    with translation.override("en"), timezone.override("Pacific/Auckland"):
        assert formats.day(date(2026, 3, 4)) == "4 Mar 2026"


def test_recent_moments_read_as_distance_and_old_ones_as_dates():
    with translation.override("en"):
        assert formats.ago(clock.now() - timedelta(hours=3)) == "3 hours ago"
        assert formats.ago(datetime(2020, 1, 2, 12, tzinfo=UTC)) == "2 Jan 2020"
        assert formats.day_name(clock.now()) == "Today"


@pytest.mark.parametrize("write", [formats.day, formats.ago, formats.number, formats.percent, formats.moment])
def test_nothing_is_a_dash(write):
    assert write(None) == "–"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ayu Lestari", "AL"), ("łukasz", "Ł"), ("Sørensen Fisk AS", "SA"), ("", "?")],
)
def test_initials(name, letters):
    assert formats.initials(name) == letters
