"""The end of a shift, by the lead's own calendar (LEA-6)."""

from datetime import UTC, datetime, timedelta

import pytest

from leadline.core import clock
from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.leads import actions
from leadline.leads.actions.side import follow
from leadline.leads.models import Lead
from leadline.leads.queries.shift import shift_ending_at

EVENING = datetime(2026, 3, 4, 13, 0, tzinfo=UTC)  # 20:00 in Jakarta, 14:00 in Berlin


@pytest.fixture(autouse=True)
def evening():
    with clock.at(EVENING):
        yield


def lead_with(make, owner, zone="Asia/Jakarta", *, star=False, callback=None):
    lead = make.lead(owner, time_zone=zone)
    if star:
        actions.star_lead(lead, until=EVENING + timedelta(hours=3), by=make.by)
    Lead.objects.filter(pk=lead.pk).update(callback_at=callback)
    follow([lead.pk])
    return lead


def at(day, hour):
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def ended(by, settle):
    job = actions.end_shift(by=by)
    settle()
    job.refresh_from_db()
    return job


def test_todays_stars_end_and_those_of_the_next_day_begin(cast, make, by, settle):
    today = lead_with(make, cast.rosa, star=True)
    tomorrow = lead_with(make, cast.rosa, callback=at(5, 3))
    both = lead_with(make, cast.rosa, star=True, callback=at(5, 3))
    missed = lead_with(make, cast.rosa, callback=at(4, 3))
    later = lead_with(make, cast.rosa, callback=at(7, 3))

    shift = shift_ending_at(EVENING, by(cast.mira))
    job = ended(by(cast.mira), settle)

    assert (shift.ending, shift.starring, job.state) == (1, 3, "done")
    found = {lead.pk: lead.starred_until for lead in Lead.objects.all()}
    until = datetime(2026, 3, 5, 13, 0, tzinfo=UTC)  # the calling hours end at 20:00 in Jakarta
    assert found == {today.pk: None, tomorrow.pk: until, both.pk: until, missed.pk: until, later.pk: None}


def test_the_next_day_is_that_of_the_lead(cast, make, by):
    """At 22:30 UTC on the 4th it is the 5th in Jakarta already, and still the 4th in New York."""
    there = {
        "Asia/Jakarta": lead_with(make, cast.rosa, "Asia/Jakarta", callback=at(5, 12)),
        "America/New_York": lead_with(make, cast.rosa, "America/New_York", callback=at(5, 15)),
    }
    night = EVENING.replace(hour=22, minute=30)

    zones = {zone for zone, _count, _until in shift_ending_at(night, by(cast.mira)).zones}

    assert zones == {"America/New_York"}
    assert there["Asia/Jakarta"].callback_at is None  # as it was read before


def test_it_reaches_the_own_teams_and_is_undone(cast, make, by, settle):
    ours = lead_with(make, cast.rosa, star=True)
    theirs = lead_with(make, cast.otto, star=True)

    ended(by(cast.mira), settle)
    assert set(Lead.objects.exclude(starred_until=None)) == {theirs}

    undo_change_set(ChangeSet.objects.latest("pk"), by=by(cast.mira))
    settle()
    assert set(Lead.objects.exclude(starred_until=None)) == {ours, theirs}


def test_where_nothing_changes_it_says_so_and_only_who_stars_ends(cast, by):
    with pytest.raises(RuleBroken):
        actions.end_shift(by=by(cast.mira))
    with pytest.raises(NotAllowed):
        actions.end_shift(by=by(cast.rosa))


def test_page_and_api(cast, make, as_, program, settle):
    lead_with(make, cast.rosa, star=True)
    page = as_(cast.lena).get("/leads/end-shift").content.decode()
    assert "Stars that end" in page

    told = program(cast.lena).get("leads/end-shift").json()
    assert (told["ending"], told["starring"]) == (1, 0)
    assert program(cast.rosa).get("leads/end-shift").status_code == 403
    assert as_(cast.lena).post("/leads/end-shift").status_code == 302
    settle()
    assert not Lead.objects.exclude(starred_until=None).exists()
    assert program(cast.lena).post("leads/end-shift").status_code == 422
    assert "Nothing to end" in as_(cast.lena).get("/leads/end-shift").content.decode()
