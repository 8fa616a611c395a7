"""Calendars and boards on dashboards: what stands on them, for whom, by whose clock (WSP-1, WSP-3)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from leadline.core import clock
from leadline.core.fields import Viewer
from leadline.core.lists.models import SavedView
from leadline.core.refusals import RuleBroken
from leadline.leads import actions as leads
from leadline.leads.actions.side import follow
from leadline.leads.models import Lead, Stage
from leadline.tasks.actions import add_task
from leadline.tasks.models import Task
from leadline.workspaces.actions import arrange_dashboard
from leadline.workspaces.calendars import calendar_of, day_named
from leadline.workspaces.models import Arrangement
from leadline.workspaces.showing import content_of
from leadline.workspaces.tests.following import OpenDashboard
from leadline.workspaces.widgets import Widget

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def a_wednesday():
    """Days and weeks begin somewhere."""
    with clock.at(NOON):
        yield


def viewer(user, zone="UTC"):
    return Viewer(language="en", zone=zone, user=user)


def planned(user, span="week", at=None, scope="me", person=None, zone="UTC"):
    found = calendar_of(span, at, scope, person, viewer(user, zone))
    return {day.day.isoformat(): [each.title for each in day.entries] for day in found.days if day.entries}


def call_back(lead, at):
    Lead.objects.filter(pk=lead.pk).update(callback_at=at)
    follow([lead.pk])


def test_tasks_and_callbacks_stand_on_the_days_of_the_viewers_clock(cast, make, by):
    add_task(title="Late call", due_at=datetime(2026, 3, 4, 23, 30, tzinfo=UTC), by=by(cast.rosa))
    add_task(title="Whole day", due_on=date(2026, 3, 6), by=by(cast.rosa))
    add_task(title="Next week", due_on=date(2026, 3, 12), by=by(cast.rosa))
    call_back(make.lead(cast.rosa, name="Ayu"), datetime(2026, 3, 5, 9, tzinfo=UTC))

    assert planned(cast.rosa) == {
        "2026-03-04": ["Late call"],
        "2026-03-05": ["Ayu"],
        "2026-03-06": ["Whole day"],
    }
    tokyo = planned(cast.rosa, zone="Asia/Tokyo")
    assert tokyo == {"2026-03-05": ["Late call", "Ayu"], "2026-03-06": ["Whole day"]}
    assert planned(cast.rosa, "day") == {"2026-03-04": ["Late call"]}
    assert "2026-03-12" in planned(cast.rosa, "month")
    assert planned(cast.rosa, at=date(2026, 3, 11)) == {"2026-03-12": ["Next week"]}


def test_whose_it_shows_stays_within_what_one_sees(cast, make, by):
    add_task(title="Mine", due_on=date(2026, 3, 4), by=by(cast.mira))
    add_task(title="Rosa's", due_on=date(2026, 3, 4), by=by(cast.rosa))
    add_task(title="Otto's", due_on=date(2026, 3, 4), by=by(cast.otto))
    call_back(make.lead(cast.otto, name="Qothery"), NOON)

    on_the_day = lambda user, **asked: planned(user, **asked).get("2026-03-04", [])  # noqa: E731
    assert on_the_day(cast.mira) == ["Mine"]
    assert on_the_day(cast.mira, scope="team") == ["Mine", "Rosa's"]
    assert on_the_day(cast.mira, scope="person", person=cast.rosa.pk) == ["Rosa's"]
    assert on_the_day(cast.mira, scope="person", person=cast.otto.pk) == []
    assert on_the_day(cast.rosa, scope="all") == ["Rosa's"]
    assert "Qothery" in on_the_day(cast.lena, scope="all")


def test_a_week_takes_a_fixed_number_of_queries(cast, make, by, django_assert_max_num_queries):
    for number in range(6):
        add_task(title=f"Task {number}", due_on=date(2026, 3, 4), by=by(cast.rosa))
        call_back(make.lead(cast.rosa), NOON)
    planned(cast.rosa)
    with django_assert_max_num_queries(4):
        assert len(planned(cast.rosa)["2026-03-04"]) == 12


def test_the_page_shows_finishes_and_goes_on(cast, as_, make, by):
    task = add_task(title="Send <offer>", due_on=date(2026, 3, 4), by=by(cast.rosa))
    lead = make.lead(cast.rosa, name="Ayu")
    call_back(lead, NOON + timedelta(hours=2))
    browser = as_(cast.rosa)

    page = browser.get("/workspace/to-do/").content.decode()
    assert "Send &lt;offer&gt;" in page
    assert f'hx-post="/tasks/{task.pk}/finish"' in page
    assert f'hx-get="/leads/{lead.pk}/work"' in page
    asked = as_(cast.rosa, htmx=True).get(f"/leads/{lead.pk}/work").content.decode()
    assert 'name="from" value="dialog"' in asked
    assert browser.get(f"/leads/{lead.pk}/work").headers["Location"] == f"/leads/{lead.pk}/"

    month = browser.get("/workspace/to-do/?span=month&at=2026-04-15").content.decode()
    assert "April 2026" in month
    assert "at=2026-05-15" in month
    for odd in ("at=yore", "at=0001-01-01", "at=9999-12-31", "span=eon"):
        assert browser.get(f"/workspace/to-do/?{odd}").status_code == 200
    browser.post(f"/tasks/{task.pk}/finish")
    assert Task.objects.get(pk=task.pk).is_done
    assert f"/tasks/{task.pk}/finish" not in browser.get("/workspace/to-do/").content.decode()


def test_an_empty_calendar_says_what_would_stand_there(cast, as_):
    page = as_(cast.rosa).get("/workspace/to-do/").content.decode()
    assert "Nothing is planned here" in page
    assert day_named("2026-02-30") is None


def test_a_month_shows_the_first_of_a_full_day_and_the_way_to_the_rest(cast, as_, by):
    for number in range(7):
        add_task(title=f"Task {number}", due_on=date(2026, 3, 10), by=by(cast.rosa))
    page = as_(cast.rosa).get("/workspace/to-do/?span=month").content.decode()
    assert "4 more" in page
    assert "span=day&amp;at=2026-03-10" in page or "span=day&at=2026-03-10" in page
    day = as_(cast.rosa).get("/workspace/to-do/?span=day&at=2026-03-10").content.decode()
    assert day.count('class="calendar-entry') == 7


def test_a_board_shows_first_cards_totals_and_moves(cast, as_, make):
    for number in range(7):
        make.lead(cast.rosa, name=f"Lead {number}")
    make.lead(cast.otto, name="Qothery")

    page = as_(cast.rosa).get("/workspace/lead/").content.decode()

    board = page.partition("widget--board")[2].partition("</section>\n</section>")[0]
    assert board.count('class="board-card"') >= 5
    assert "2 more" in board
    assert "Qothery" not in board
    assert 'hx-post="/leads/board/move"' in board
    assert 'class="pick"' not in board
    assert "board.js" in page


def test_a_board_of_a_saved_view_and_of_whom_it_is_about(cast, as_, make, by, program):
    make.lead(cast.rosa, name="Ayu", country="ID")
    make.lead(cast.mira, name="Bruno", country="DE")
    view = SavedView.objects.create(
        name="Germans",
        kind="lead",
        owner=cast.mira,
        where={"field": "country", "op": "equals", "value": "DE"},
    )
    names = lambda: re.findall(r"(Ayu|Bruno)</a>", board_of(as_(cast.mira)))  # noqa: E731

    def arranged(**more):
        arrange_dashboard(
            "team-leads", widgets=[Widget("board", board="lead_board", **more)], by=by(cast.mira)
        )

    arranged()
    assert sorted(names()) == ["Ayu", "Bruno"]
    arranged(view=str(view.pk))
    assert names() == ["Bruno"]
    arranged(scope="me")
    assert names() == ["Bruno"]
    arranged(scope="person", person=cast.rosa.pk)
    assert names() == ["Ayu"]
    arranged(view=str(view.pk))
    view.delete()
    assert "This view is not shown to you" in board_of(as_(cast.mira))


def board_of(browser):
    return browser.get("/workspace/team-leads/").content.decode().partition("widget--board")[2]


def test_the_board_follows_what_others_move(cast, as_, make, by):
    lead = make.lead(cast.rosa, name="Ayu")
    page = OpenDashboard(as_(cast.rosa), "/workspace/lead/")
    leads.set_stage_of(lead, stage=Stage.objects.get(key="contacting"), by=by(cast.mira))

    page.look()

    assert "widget--board" in page.drawn
    page.look()
    assert "widget--board" not in page.drawn


@pytest.mark.parametrize(
    ("widget", "field"),
    [
        (Widget("calendar", span="eon"), "span"),
        (Widget("board"), "board"),
        (Widget("board", board="secrets"), "board"),
        (Widget("board", board="lead_board", view="999999"), "view"),
        (Widget("board", board="lead_board", view="x' OR 1=1"), "view"),
    ],
)
def test_what_can_not_stand_there_is_refused_by_name(cast, by, widget, field):
    with pytest.raises(RuleBroken) as refusal:
        arrange_dashboard("lead", widgets=[widget], by=by(cast.rosa))
    assert refusal.value.field == field


def test_the_form_and_programs_arrange_them(cast, as_, program):
    sent = {
        "place": ["0", "1"],
        "kind-0": "calendar", "span-0": "month", "scope-0": "team", "width-0": "4",
        "kind-1": "board", "board-1": "lead_board/mine", "scope-1": "all", "width-1": "4",
    }  # fmt: skip
    browser = as_(cast.rosa)
    for kind in ("calendar", "board"):
        assert browser.post("/workspace/lead/arrange", {**sent, "add": kind}).status_code == 200
    assert browser.post("/workspace/lead/arrange", sent).status_code == 302
    kept = Arrangement.objects.get(user=cast.rosa).widgets
    assert kept[0] == {"kind": "calendar", "span": "month", "scope": "team", "width": 4}
    assert kept[1] == {"kind": "board", "board": "lead_board", "view": "mine", "width": 4}

    rosa = program(cast.rosa)
    told = rosa.get("dashboards/lead").json()["widgets"]
    assert told[0]["span"] == "month"
    again = {"widgets": [{"kind": "board", "board": "lead_board", "view": "starred", "scope": "me"}]}
    assert rosa.send("post", "dashboards/lead/arrange", again).json()["widgets"][0]["view"] == "starred"
    refused = rosa.send("post", "dashboards/lead/arrange", {"widgets": [{"kind": "board", "board": "x"}]})
    assert refused.status_code == 422


def test_who_sees_no_such_records_gets_no_such_widget(cast, as_, by):
    arrange_dashboard(
        "lead",
        widgets=[Widget("board", board="compliance_board"), Widget("calendar")],
        by=by(cast.ada),
    )
    page = as_(cast.ada).get("/workspace/lead/").content.decode()
    assert "widget--board" in page
    assert content_of(0, Widget("board", board="lead_board"), viewer(cast.prue)) is None


def test_their_files_hold_what_they_show(cast, as_, make, by):
    add_task(title="Offer", due_on=date(2026, 3, 4), by=by(cast.rosa))
    make.lead(cast.rosa)
    browser = as_(cast.rosa)
    todo = browser.get("/workspace/to-do/export.csv?widget=0").content.decode("utf-8-sig").splitlines()
    assert todo[1] == "2026-03-04,,To do,Offer,Rosa Ibarra"
    places = [nth for nth in range(12) if (found := file_of(browser, nth)) and found[0].startswith("Column")]
    assert "Assigned,1," in file_of(browser, places[0])


def file_of(browser, place):
    answer = browser.get(f"/workspace/lead/export.csv?widget={place}")
    return answer.content.decode("utf-8-sig").splitlines() if answer.status_code == 200 else []
