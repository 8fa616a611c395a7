"""A month in which people come, leave for two weeks, work half and in two zones: shares stay fair (SIG-5)."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from leadline.assignment.deciding import Dealing, Facts, Person, Spec
from leadline.assignment.roster import Roster

BEGINS = datetime(2026, 11, 2, tzinfo=UTC)
LEADS, DAYS = 12_000, 28
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
BEFORE, AWAY = (date(2020, 1, 1), date(2026, 11, 15)), (date(2026, 11, 9), date(2026, 11, 22))
# Id, who, zone, hours, share in percent, days away.
REPS = [
    (1, "Ani, Jakarta", "Asia/Jakarta", "09:00–17:00", 100, []),
    (2, "Budi, Jakarta", "Asia/Jakarta", "09:00–17:00", 100, []),
    (3, "Citra, Jakarta, half a share", "Asia/Jakarta", "09:00–17:00", 50, []),
    (4, "Dewi, Jakarta, new from the third week", "Asia/Jakarta", "09:00–17:00", 100, [BEFORE]),
    (5, "Eko, Jakarta, away for two weeks", "Asia/Jakarta", "09:00–17:00", 100, [AWAY]),
    (6, "Fay, London", "Europe/London", "09:00–17:00", 100, []),
    (7, "Gil, London", "Europe/London", "09:00–17:00", 100, []),
    (8, "Hana, London, late shift", "Europe/London", "12:00–20:00", 100, []),
    (9, "Ivo, London, mornings", "Europe/London", "09:00–13:00", 100, []),
]
GUIDE = Path(__file__).parents[4] / "docs/guide/assignment.md"


@cache
def month():
    """Who got what when, and what each was due: a share of each lead while there."""
    roster = Roster(
        {key: Person(key, weight=share) for key, _name, _zone, _hours, share, _away in REPS},
        {key: (zone, dict.fromkeys(WEEK, hours)) for key, _name, zone, hours, _share, _away in REPS},
        {key: away for key, _name, _zone, _hours, _share, away in REPS},
    )
    people = frozenset(key for key, *_rest in REPS)
    dealing = Dealing(
        [Spec(1, "Inquiries", "fair", people=people, at_work=True)], roster.at, [], lambda *_: None
    )
    random, given = Random(7), []
    due = dict.fromkeys(people, 0.0)
    seconds = sorted(random.randrange(DAYS * 86_400) for _lead in range(LEADS))
    for number, second in enumerate(seconds):
        moment = BEGINS + timedelta(seconds=second)
        owner = dealing.decide(Facts(number, at=moment), dealing.rules).owner_id
        there = [each for each in roster.at(moment).values() if not each.state]
        for each in there:
            due[each.id] += each.weight / sum(other.weight for other in there)
        given.append((moment, owner))
    return given, due


def got(key, first=0, last=DAYS):
    """How many somebody got from the first until before the last day."""
    given, _due = month()
    begins, ends = BEGINS + timedelta(days=first), BEGINS + timedelta(days=last)
    return sum(owner == key and begins <= moment < ends for moment, owner in given)


def test_everybody_gets_what_is_due_to_within_two_leads():
    _given, due = month()

    assert all(abs(got(key) - due[key]) <= 2 for key in due)


def test_the_newcomer_is_not_flooded_and_who_was_away_does_not_catch_up():
    """In the third and fourth week each gets what Ani gets."""
    assert got(4, 0, 14) == 0
    assert abs(got(4, 14, 21) - got(1, 14, 21)) <= 2
    assert got(5, 8, 20) == 0
    assert abs(got(5, 21, 28) - got(1, 21, 28)) <= 2
    assert abs(got(4, 14, 15) - got(1, 14, 15)) <= 2


def test_who_has_half_a_share_gets_half():
    assert abs(2 * got(3) - got(1)) <= 4


def test_the_guide_shows_this_month():
    _given, due = month()
    lines = [f"| {name} | {round(due[key], 1)} | {got(key)} |" for key, name, *_rest in REPS]

    assert [line for line in lines if line not in GUIDE.read_text()] == []
