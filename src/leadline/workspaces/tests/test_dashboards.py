"""Dashboards: what each role has, arranging them, following what happens (WSP-1, WSP-2, WSP-7)."""

import re

import pytest

from leadline.core.history.models import HistoryEntry
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken
from leadline.leads import actions as leads
from leadline.people.models import Role
from leadline.workspaces import showing
from leadline.workspaces.actions import arrange_dashboard, change_dashboard, make_dashboard, reset_dashboard
from leadline.workspaces.models import Arrangement, OwnDashboard
from leadline.workspaces.provided import PROVIDED
from leadline.workspaces.queries import dashboard_for, dashboards_for
from leadline.workspaces.tests.following import OpenDashboard
from leadline.workspaces.widgets import Widget, checked

CALLS = Widget("figure", metrics=("calls",))


def test_each_role_has_its_own(cast):
    assert [each.key for each in dashboards_for(cast.rosa)] == ["lead", "to-do"]
    assert [each.key for each in dashboards_for(cast.lena)] == ["leads", "payments", "operation", "targets"]
    assert [each.key for each in dashboards_for(cast.mira)] == ["team-leads", "targets"]
    assert dashboards_for(cast.prue) == []
    assert len(dashboards_for(cast.ada)) == len(PROVIDED)


def test_all_that_comes_with_it_can_stand_on_a_dashboard(cast):
    for each in PROVIDED:
        assert checked(each.widgets, cast.ada) == list(each.widgets)


def test_every_dashboard_opens_for_its_roles(cast, as_, make, by):
    leads.work_lead(make.lead(cast.rosa), outcome="no_answer", by=by(cast.rosa))
    for user in (cast.rosa, cast.mira, cast.lena, cast.ada):
        for each in dashboards_for(user):
            page = as_(user).get(f"/workspace/{each.key}/")
            assert page.status_code == 200
            assert page.content.decode().count('<section class="widget') >= 4


def test_figures_are_those_of_the_metric(cast, as_, make, by):
    for outcome in ("no_answer", "connected"):
        leads.work_lead(make.lead(cast.rosa), outcome=outcome, by=by(cast.rosa))

    page = as_(cast.rosa).get("/workspace/lead/").content.decode()

    assert re.search(r'class="widget-figure"><a href="[^"]+">2</a>', page)
    assert re.search(r'class="widget-figure"><a href="[^"]+">50%</a>', page)


def test_a_table_ends_after_its_lines_and_its_file_does_not(cast, as_, make, by, monkeypatch):
    """Whoever is told of has all figures; “in all” and the file hold the others too."""
    monkeypatch.setattr(showing, "LINES", 2)
    for owner, outcomes in (
        (cast.rosa, ["no_answer"] * 4),
        (cast.otto, ["connected", "no_answer", "no_answer"]),
        (cast.mira, ["connected"] * 2),
        (cast.lena, ["connected"] * 2),
    ):
        for outcome in outcomes:
            leads.work_lead(make.lead(owner), outcome=outcome, by=by(owner))
    widget = Widget("table", metrics=("calls", "connected_calls"), by="user", width=4)
    key = make_dashboard("Calls", by=by(cast.lena)).key
    arrange_dashboard(key, widgets=[widget], seen=1, by=by(cast.lena))

    page = as_(cast.lena).get(f"/workspace/{key}/").content.decode()
    file = as_(cast.lena).get(f"/workspace/{key}/export.csv").content.decode()

    assert [cast.rosa.name in page, cast.otto.name in page] == [True, True]
    assert "The first 2 by Calls" in page
    assert re.findall(r'data-value="(\d)"', page) == ["4", "0", "3", "1"]
    assert re.search(r"<tfoot>.*>11<.*>5<.*</tfoot>", page, re.DOTALL)
    assert f"{cast.mira.name},2,2" in file


def test_a_page_follows_what_changed_and_nothing_else(cast, as_, make, by, django_assert_max_num_queries):
    lead = make.lead(cast.rosa)
    page = OpenDashboard(as_(cast.rosa), "/workspace/lead/")
    page.look()

    assert not page.drawn
    with django_assert_max_num_queries(3):  # who asks, what stands there, the state
        assert page.look() == 204

    leads.work_lead(lead, outcome="no_answer", by=by(cast.rosa))
    page.look()

    assert 'id="widget-0"' in page.drawn
    assert "widget--board" in page.drawn
    assert "widget--calendar" not in page.drawn
    page.look()
    assert not page.drawn
    assert page.look() == 204


def test_figures_come_with_the_look_and_others_each_by_itself(cast, as_, make, by):
    lead = make.lead(cast.rosa)
    browser = as_(cast.rosa)
    page = OpenDashboard(browser, "/workspace/lead/")
    leads.work_lead(lead, outcome="no_answer", by=by(cast.rosa))

    looked = browser.get(page.follow).content.decode()
    chart = next(
        place for place, each in enumerate(dashboards_for(cast.rosa)[0].widgets) if each.by == "hour"
    )
    tile = browser.get(f"/workspace/lead/tile/{chart}", page.marks)

    assert set(re.findall(r"widget--(\w+)", looked)) == {"figure"}
    assert f'hx-get="/workspace/lead/tile/{chart}"' in looked
    assert set(re.findall(r"widget--(\w+)", tile.content.decode())) == {"chart"}
    mark = re.search(r'name="(mark-\d+)" value="(\w+)"', tile.content.decode())
    assert browser.get(f"/workspace/lead/tile/{chart}", {mark[1]: mark[2]}).status_code == 204
    assert browser.get("/workspace/lead/tile/99").status_code == 204, "it was arranged otherwise meanwhile"


def test_one_arranges_it_for_oneself_and_puts_it_back(cast, by):
    arrange_dashboard("lead", widgets=[CALLS], by=by(cast.rosa))

    assert [each.metrics for each in dashboards_for(cast.rosa)[0].widgets] == [("calls",)]
    assert dashboards_for(cast.rosa)[0].is_own
    assert not dashboards_for(cast.otto)[0].is_own

    reset_dashboard("lead", by=by(cast.rosa))

    assert not dashboards_for(cast.rosa)[0].is_own


def test_an_administrator_arranges_it_for_a_role(cast, by):
    role = Role.objects.get(key="inside-sales")

    arrange_dashboard("lead", widgets=[CALLS], role=role, by=by(cast.ada))

    assert [each.metrics for each in dashboards_for(cast.otto)[0].widgets] == [("calls",)]
    with pytest.raises(NotAllowed):
        arrange_dashboard("lead", widgets=[], role=role, by=by(cast.rosa))


def test_one_of_them_is_found_as_among_all(cast, by):
    arrange_dashboard("lead", widgets=[CALLS], role=Role.objects.get(key="inside-sales"), by=by(cast.ada))
    arrange_dashboard("operation", widgets=[CALLS, CALLS], by=by(cast.ada))
    arrange_dashboard("lead", widgets=[], by=by(cast.rosa))
    make_dashboard("Morning", by=by(cast.rosa))

    for user in (cast.rosa, cast.otto, cast.ada, cast.lena):
        found = dashboards_for(user)
        assert [dashboard_for(user, each.key) for each in found] == found
    assert dashboard_for(cast.rosa, "operation") is None
    assert dashboard_for(cast.otto, dashboards_for(cast.rosa)[-1].key) is None


def test_an_edit_in_between_is_not_lost(cast, by):
    first = arrange_dashboard("lead", widgets=[CALLS], by=by(cast.rosa))
    arrange_dashboard("lead", widgets=[CALLS, CALLS], seen=first.version, by=by(cast.rosa))

    with pytest.raises(EditConflict):
        arrange_dashboard("lead", widgets=[], seen=1, by=by(cast.rosa))


@pytest.mark.parametrize(
    ("widget", "field"),
    [
        (Widget("hologram"), "kind"),
        (Widget("figure"), "metrics"),
        (Widget("figure", metrics=("nonsense",)), "metric"),
        (Widget("chart", metrics=("calls",), by="weather"), "by"),
        (Widget("list", source="secrets"), "source"),
        (Widget("text", period="yore"), "period"),
        (Widget("text", width=9), "width"),
        (Widget("text", scope="person"), "person"),
    ],
)
def test_what_can_not_stand_there_is_refused_by_name(cast, by, widget, field):
    with pytest.raises(RuleBroken) as refusal:
        arrange_dashboard("lead", widgets=[widget], by=by(cast.rosa))
    assert refusal.value.field == field


def test_the_form_adds_moves_alters_and_takes_away(cast, as_):
    browser = as_(cast.rosa)
    sent = {
        "place": ["1", "0", "2"],
        "kind-0": "figure", "metrics-0": "calls", "width-0": "2", "period-0": "this_week", "scope-0": "me",
        "kind-1": "text", "text-1": "Call before noon.", "width-1": "1",
        "kind-2": "queue", "width-2": "1", "remove-2": "on",
    }  # fmt: skip

    added = browser.post("/workspace/lead/arrange", {**sent, "add": "list"}).content.decode()
    assert added.count('class="arranged"') == 3
    assert browser.post("/workspace/lead/arrange", sent).status_code == 302

    kept = Arrangement.objects.get(user=cast.rosa)
    assert [each["kind"] for each in kept.widgets] == ["text", "figure"]
    assert kept.widgets[1]["period"] == "this_week"
    page = browser.get("/workspace/lead/").content.decode()
    assert "Call before noon." in page
    assert browser.post("/workspace/lead/reset").status_code == 302
    assert not Arrangement.objects.exists()


def test_a_refused_form_keeps_what_was_typed(cast, as_):
    sent = {"place": ["0"], "kind-0": "list", "source-0": "secrets", "title-0": "Mine", "width-0": "1"}

    refused = as_(cast.rosa).post("/workspace/lead/arrange", sent)

    assert refused.status_code == 422
    assert 'value="Mine"' in refused.content.decode()


def test_another_period_for_the_whole_page_and_its_file(cast, as_, make, by):
    leads.work_lead(make.lead(cast.rosa), outcome="no_answer", by=by(cast.rosa))

    yesterday = as_(cast.rosa).get("/workspace/lead/?period=yesterday&scope=me").content.decode()
    file = as_(cast.lena).get("/workspace/operation/export.csv").content.decode("utf-8-sig")

    assert "Yesterday" in yesterday
    assert re.search(r'class="widget-figure">0<', yesterday)
    assert "Person,Deposits" in file


def test_the_wall_is_for_boards_that_hang_there(cast, as_):
    assert as_(cast.lena).get("/workspace/targets/wall").status_code == 200
    assert as_(cast.lena).get("/workspace/leads/wall").status_code == 404
    assert as_(cast.rosa).get("/workspace/targets/wall").status_code == 404


def test_others_dashboards_are_not_there(cast, as_):
    for verb in ("", "state", "tile/0", "arrange", "export.csv"):
        assert as_(cast.rosa).get(f"/workspace/operation/{verb}").status_code == 404
    assert as_(cast.prue).get("/workspace/").headers["Location"] == "/figures/"


def test_a_program_arranges_it_too(cast, program):
    rosa = program(cast.rosa)
    body = {"widgets": [{"kind": "figure", "metrics": ["calls"], "scope": "me"}]}

    arranged = rosa.send("post", "dashboards/lead/arrange", body)

    assert arranged.status_code == 200
    assert [each["kind"] for each in arranged.json()["widgets"]] == ["figure"]
    assert rosa.get("dashboards").json()["data"][0]["own"]
    refused = rosa.send("post", "dashboards/lead/arrange", {"widgets": [{"kind": "figure", "colour": "red"}]})
    assert refused.status_code == 422
    assert rosa.send("post", "dashboards/lead/arrange", {**body, "role": "inside-sales"}).status_code == 403
    assert not rosa.send("post", "dashboards/lead/reset", {}).json()["own"]
    assert rosa.get("dashboards/operation").status_code == 404


def test_one_makes_a_dashboard_names_orders_archives_and_shares_it(cast, as_):
    browser = as_(cast.mira)

    made = browser.post("/workspace/own/make", {"name": "Morning", "like": "targets"})
    browser.post("/workspace/own/make", {"name": "Evening"})
    morning, evening = OwnDashboard.objects.order_by("pk")
    page = browser.get(f"/workspace/{morning.key}/").content.decode()

    assert made.headers["Location"] == f"/workspace/{morning.key}/arrange"
    assert page.count('<section class="widget') >= 4
    assert [each.label for each in dashboards_for(cast.mira)][-2:] == ["Morning", "Evening"]
    browser.post(f"/workspace/own/{evening.pk}/move", {"to": 1})
    assert [each.label for each in dashboards_for(cast.mira)][-2:] == ["Evening", "Morning"]
    assert "Morning" not in [str(each.label) for each in dashboards_for(cast.rosa)]

    shared = {"name": "Start of day", "team": cast.north.pk}
    assert browser.post(f"/workspace/own/{morning.pk}/change", shared).status_code == 302
    assert dashboards_for(cast.rosa)[-1].label == "Start of day"
    assert as_(cast.rosa).get(f"/workspace/{morning.key}/").status_code == 200
    assert as_(cast.rosa).get(f"/workspace/{morning.key}/wall").status_code == 200
    assert as_(cast.otto).get(f"/workspace/{morning.key}/").status_code == 404

    browser.post(f"/workspace/own/{morning.pk}/archive")
    assert as_(cast.rosa).get(f"/workspace/{morning.key}/").status_code == 404
    browser.post(f"/workspace/own/{morning.pk}/restore")
    assert as_(cast.rosa).get(f"/workspace/{morning.key}/").status_code == 200
    history = HistoryEntry.objects.filter(kind="own_dashboard", record_id=morning.pk)
    assert {entry.actor_id for entry in history} == {cast.mira.pk}


def test_only_who_made_it_changes_it_and_sharing_is_limited(cast, as_, by):
    found = make_dashboard("Morning", by=by(cast.mira))
    change_dashboard(found, name="Morning", team=cast.north, role=None, by=by(cast.mira))

    assert as_(cast.rosa).get(f"/workspace/{found.key}/arrange").status_code == 403
    for verb in ("change", "move", "archive", "restore"):
        assert as_(cast.rosa).post(f"/workspace/own/{found.pk}/{verb}", {"name": "Mine"}).status_code == 404
    with pytest.raises(NotAllowed):
        arrange_dashboard(found.key, widgets=[CALLS], by=by(cast.rosa))
    role = Role.objects.get(key="inside-sales")
    for team, shared in ((cast.south, None), (None, role)):
        with pytest.raises(NotAllowed):
            change_dashboard(found, name="Morning", team=team, role=shared, by=by(cast.mira))
    own = make_dashboard("All", by=by(cast.ada))
    change_dashboard(own, name="All", team=None, role=role, by=by(cast.ada))
    assert dashboards_for(cast.otto)[-1].label == "All"


def test_one_arranges_a_dashboard_that_one_made_and_no_edit_is_lost(cast, by):
    found = make_dashboard("Morning", by=by(cast.rosa))

    arrange_dashboard(found.key, widgets=[CALLS], seen=1, by=by(cast.rosa))

    assert [each.metrics for each in dashboards_for(cast.rosa)[-1].widgets] == [("calls",)]
    with pytest.raises(EditConflict):
        arrange_dashboard(found.key, widgets=[], seen=1, by=by(cast.rosa))
    for name in ("", " ", "x" * 61):
        with pytest.raises(RuleBroken):
            make_dashboard(name, by=by(cast.rosa))


def test_each_widget_is_a_file_of_its_own(cast, as_, make, by):
    leads.work_lead(make.lead(cast.rosa, name="Ana Lines"), outcome="no_answer", by=by(cast.rosa))
    browser = as_(cast.rosa)

    def file(place):
        found = browser.get(f"/workspace/lead/export.csv?widget={place}")
        return found.content.decode("utf-8-sig").splitlines()

    kinds = [each.kind for each in dashboards_for(cast.rosa)[0].widgets]
    page = browser.get("/workspace/lead/").content.decode()
    assert file(0) == ["Calls", "1"]
    assert file(kinds.index("list") + 1)[1].startswith("Ana Lines,")
    assert f"export.csv?widget={kinds.index('chart')}" in page
    assert browser.get("/workspace/lead/export.csv?widget=99").status_code == 404


def test_a_program_makes_shares_and_archives_dashboards(cast, program):
    mira = program(cast.mira)
    body = {"name": "Morning", "widgets": [{"kind": "figure", "metrics": ["calls"], "scope": "me"}]}

    made = mira.send("post", "dashboards", body)
    key = made.json()["key"]
    changed = mira.send(
        "post", f"dashboards/{key}/change", {"name": "Start", "team": cast.north.pk, "position": 1}
    )

    assert made.status_code == 201
    assert changed.json()["label"] == "Start"
    assert program(cast.rosa).get(f"dashboards/{key}").status_code == 200
    assert program(cast.rosa).send("post", f"dashboards/{key}/change", {"name": "Mine"}).status_code == 403
    assert mira.send("post", f"dashboards/{key}/archive", {}).status_code == 200
    assert program(cast.rosa).get(f"dashboards/{key}").status_code == 404
    assert mira.send("post", f"dashboards/{key}/restore", {}).json()["label"] == "Start"
