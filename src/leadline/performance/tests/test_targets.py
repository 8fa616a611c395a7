"""Targets: who sets them, copying, undoing, and what the gauges say (PRF-1, PRF-4, WSP-7)."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from leadline.core import clock
from leadline.core.changesets.actions import undo_change_set
from leadline.core.changesets.models import ChangeSet
from leadline.core.history.models import HistoryEntry
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken
from leadline.leads import actions as leads
from leadline.performance.actions import Wish, copy_targets, set_targets
from leadline.performance.gauges import gauges_for, targets_running
from leadline.performance.models import Target

WEDNESDAY = datetime(2026, 3, 4, 13, 0, tzinfo=UTC)  # half of the usual working day is over
MARCH, FEBRUARY = date(2026, 3, 1), date(2026, 2, 1)


@pytest.fixture(autouse=True)
def wednesday():
    with clock.at(WEDNESDAY):
        yield


@pytest.fixture
def called(cast, make, by):
    """`called(user, n)`: so many calls to leads of the person, this morning."""

    def call(user, number):
        lead = make.lead(user)
        for minute in range(number):
            with clock.at(WEDNESDAY - timedelta(minutes=minute + 1)):
                leads.log_activity(lead, kind="call", title="Call", outcome="no_answer", by=by(user))
        return lead

    return call


def calls(whose, value, every="day", **more):
    return Wish(whose, "calls", every, value and Decimal(value), **more)


def gauge_of(viewer, whose):
    found = gauges_for(viewer, targets_running(viewer).in_order())
    return next(each for each in found if each.target.whose == str(whose))


def test_a_manager_sets_targets_of_the_team_and_nobody_elses(cast, by):
    done = set_targets(MARCH, [calls(cast.rosa, 40), calls(cast.rosa.team, 200, "week")], by=by(cast.mira))

    assert [(each.whose, each.value) for each in done.changed] == [("Rosa Ibarra", 40), ("North", 200)]
    for whose in (cast.otto, cast.otto.team):
        with pytest.raises(NotAllowed):
            set_targets(MARCH, [calls(whose, 40)], by=by(cast.mira))
    with pytest.raises(NotAllowed):
        set_targets(MARCH, [calls(cast.rosa, 1)], by=by(cast.rosa))
    set_targets(MARCH, [calls(cast.otto, 30)], by=by(cast.lena))


def test_each_sees_ones_own_and_the_teams(cast, by):
    wishes = [calls(cast.rosa, 40), calls(cast.rosa.team, 200), calls(cast.otto, 30)]
    set_targets(MARCH, wishes, by=by(cast.lena))

    def seen_by(user):
        return {each.whose for each in Target.objects.visible_to(user)}

    assert seen_by(cast.rosa) == {"Rosa Ibarra", "North"}
    assert seen_by(cast.otto) == {"Otto Brandt"}
    assert seen_by(cast.mira) == {"Rosa Ibarra", "North"}
    assert len(seen_by(cast.lena)) == 3
    assert seen_by(cast.prue) == set()


@pytest.mark.parametrize(
    ("metric", "every", "value", "currency", "field"),
    [
        ("nonsense", "day", 1, "", "metric"),
        ("call_ratio", "day", 1, "", "metric"),
        ("failed_deposits", "day", 1, "", "metric"),
        ("calls", "year", 1, "", "every"),
        ("calls", "day", 0, "", "value"),
        ("calls", "day", -3, "", "value"),
        ("calls", "day", 3, "EUR", "currency"),
        ("deposit_amount", "month", 3, "", "currency"),
    ],
)
def test_what_can_be_no_target_is_refused_by_name(cast, by, metric, every, value, currency, field):
    with pytest.raises(RuleBroken) as refusal:
        set_targets(MARCH, [Wish(cast.rosa, metric, every, Decimal(value), currency)], by=by(cast.lena))
    assert refusal.value.field == field
    assert not Target.objects.exists()


def test_a_gauge_says_what_is_missing_and_whether_that_is_on_pace(cast, by, called):
    called(cast.rosa, 5)
    called(cast.otto, 2)
    set_targets(MARCH, [calls(cast.rosa, 8), calls(cast.otto, 10)], by=by(cast.lena))

    rosa, otto = gauge_of(cast.rosa, cast.rosa), gauge_of(cast.lena, cast.otto)

    assert (rosa.reached, rosa.expected, rosa.missing, rosa.pace) == (5, 4, 3, "on_pace")
    assert rosa.words == "3 missing, on pace"
    assert (otto.reached, otto.expected, otto.pace) == (2, 5, "behind")
    assert otto.words == "8 missing, behind: 5 by now would be on pace"
    called(cast.rosa, 4)
    assert gauge_of(cast.rosa, cast.rosa).words == "Reached, 1 over"


def test_whoever_looks_sees_the_same_also_after_the_lead_went_to_another(cast, by, called):
    lead = called(cast.rosa, 3)
    set_targets(MARCH, [calls(cast.rosa, 9), calls(cast.rosa.team, 9)], by=by(cast.lena))

    leads.assign_leads([lead.pk], owner=cast.otto, by=by(cast.lena))

    assert {gauge_of(viewer, cast.rosa).reached for viewer in (cast.rosa, cast.mira, cast.lena)} == {3}
    assert gauge_of(cast.rosa, "North").reached == 3


def test_a_month_counts_the_days_that_are_worked(cast, by, called):
    called(cast.rosa, 4)
    set_targets(MARCH, [calls(cast.rosa, 44, "month"), calls(cast.rosa, 25, "week")], by=by(cast.lena))

    found = {
        each.target.every: each.expected
        for each in gauges_for(cast.rosa, targets_running(cast.rosa).in_order())
    }

    assert found["month"] == Decimal("5.00")  # two days and a half of 22, from Monday on
    assert found["week"] == 25 * Decimal("0.5")


def test_last_months_targets_are_copied_in_one_step_and_nothing_is_overwritten(cast, by):
    wishes = [calls(cast.rosa, 40), calls(cast.otto, 30), calls(cast.rosa.team, 200)]
    set_targets(FEBRUARY, wishes, by=by(cast.lena))
    set_targets(MARCH, [calls(cast.rosa, 50)], by=by(cast.lena))

    done = copy_targets(FEBRUARY, MARCH, by=by(cast.mira))

    assert [(each.whose, each.value) for each in done.changed] == [("North", 200)]
    copy_targets(FEBRUARY, MARCH, by=by(cast.lena))
    kept = {each.whose: each.value for each in Target.objects.filter(month=MARCH)}
    assert kept == {"Rosa Ibarra": 50, "Otto Brandt": 30, "North": 200}
    with pytest.raises(RuleBroken):
        copy_targets(FEBRUARY, MARCH, by=by(cast.lena))


def test_setting_is_undone_at_once_and_stands_in_the_history(cast, by, settle):
    set_targets(MARCH, [calls(cast.rosa, 40)], by=by(cast.lena))
    done = set_targets(MARCH, [calls(cast.rosa, 50), calls(cast.otto, 30)], by=by(cast.lena))

    undo_change_set(ChangeSet.objects.get(pk=done.change_set), by=by(cast.lena))
    settle()

    assert {each.whose: each.value for each in Target.objects.in_force()} == {"Rosa Ibarra": 40}
    told = HistoryEntry.objects.filter(kind="target", verb="changed").order_by("id").first()
    assert told.actor_id == cast.lena.pk
    assert told.changes["value"] == [40, 50]


def test_what_somebody_else_set_meanwhile_is_not_overwritten(cast, by):
    set_targets(MARCH, [calls(cast.rosa, 40)], by=by(cast.lena))

    with pytest.raises(EditConflict):
        set_targets(MARCH, [calls(cast.rosa, 50, seen=None)], by=by(cast.mira))
    set_targets(MARCH, [calls(cast.rosa, None, seen=None)], by=by(cast.mira))  # not touched
    assert Target.objects.get().value == 40


def test_the_page_sets_them_and_takes_them_back(cast, as_):
    browser = as_(cast.mira)
    cell = f"user.{cast.rosa.pk}-calls.day"

    empty = browser.get("/targets/?month=2026-03&metric=calls&every=day").content.decode()
    sent = {"month": "2026-03", "column": "calls.day", f"at-{cell}": "40", f"was-{cell}": ""}
    saved = browser.post("/targets/set", sent, follow=True).content.decode()

    assert f'name="at-{cell}"' in empty
    assert "Otto Brandt" not in empty
    assert "Targets set." in saved
    assert "40 missing" in saved
    refused = browser.post("/targets/set", {**sent, f"at-{cell}": "many", f"was-{cell}": "40"})
    assert refused.status_code == 422
    assert 'value="many"' in refused.content.decode()
    browser.post("/targets/set", {**sent, f"at-{cell}": "", f"was-{cell}": "40"})
    assert Target.objects.get().value is None
    assert as_(cast.rosa).post("/targets/set", sent).status_code == 403
    assert as_(cast.prue).get("/targets/").status_code == 403


def test_gauges_stand_on_the_dashboards_and_on_the_wall(cast, as_, by, called):
    called(cast.rosa, 5)
    set_targets(MARCH, [calls(cast.rosa, 8), calls(cast.otto, 10)], by=by(cast.lena))

    mine = as_(cast.rosa).get("/workspace/lead/").content.decode()
    wall = as_(cast.lena).get("/workspace/targets/wall").content.decode()
    operation = as_(cast.lena).get("/workspace/operation/").content.decode()

    assert "3 missing, on pace" in mine
    assert "Otto Brandt" not in mine
    for page in (wall, operation):
        assert "10 missing, behind: 5 by now would be on pace" in page
        assert re.search(r"Rosa Ibarra · Calls", page)


def test_a_program_sets_reads_and_copies_them(cast, program, by):
    lena, rosa = program(cast.lena), program(cast.rosa)
    wanted = [{"user": cast.rosa.pk, "metric": "calls", "every": "day", "value": "40"}]

    done = lena.send("post", "targets", {"month": "2026-02", "targets": wanted})
    copied = lena.send("post", "targets/copy", {"month": "2026-03"})
    told = rosa.get("targets").json()["data"]

    assert done.status_code == copied.status_code == 200
    assert done.json()["change_set"]
    assert [(each["who"], each["value"], each["progress"]["pace"]) for each in told] == [
        ("Rosa Ibarra", "40.00", "behind")
    ]
    assert rosa.send("post", "targets", {"targets": wanted}).status_code == 403
    wrong = lena.send("post", "targets", {"targets": [{**wanted[0], "value": "many"}]})
    assert wrong.json()["errors"][0]["field"] == "value"
