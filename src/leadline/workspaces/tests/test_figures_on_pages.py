"""Definitions, one metric, the analysis and the log: pages, files and the API tell the same (SIG-6)."""

import re
from datetime import timedelta

import pytest

from leadline.core import clock
from leadline.leads import actions


@pytest.fixture
def worked(cast, make, by):
    """Rosa called two leads and reached one; Otto called one."""
    for owner, outcome in ((cast.rosa, "no_answer"), (cast.rosa, "connected"), (cast.otto, "busy")):
        lead = make.lead(owner, name=f"Lead of {owner.name}", source="Fair")
        with clock.at(clock.now() + timedelta(seconds=1)):
            actions.work_lead(lead, outcome=outcome, by=by(owner))
    make.note(make.customer(cast.rosa), author=cast.rosa)


def calls_on(page):
    """What the cell of all calls shows on a page."""
    return re.search(r'<span class="label">Calls</span><span class="figure">(\d+)', page)[1]


def test_all_definitions_stand_on_one_page(cast, as_):
    page = as_(cast.lena).get("/figures/").content.decode()

    assert "Connected calls as a share of all calls" in page
    assert '<tr id="time_to_qualify">' in page


def test_who_sees_no_records_has_no_figures(cast, as_):
    page = as_(cast.prue).get("/figures/")

    assert "No figures" in page.content.decode()
    assert as_(cast.prue).get("/figures/calls/").status_code == 404


def test_a_metric_by_person_with_its_file(cast, as_, worked):
    page = as_(cast.lena).get("/figures/calls/?period=today&by=user").content.decode()
    file = as_(cast.lena).get("/figures/calls/export.csv?period=today&by=user").content.decode("utf-8-sig")

    assert re.search(r"Rosa Ibarra</th><td[^>]*><a [^>]*>2</a>", page)
    assert file.splitlines() == ["Person,Calls", "Rosa Ibarra,2", "Otto Brandt,1"]


def test_page_file_api_and_list_agree_for_each(cast, as_, program, worked):
    for user, calls in ((cast.rosa, 2), (cast.otto, 1), (cast.mira, 2), (cast.lena, 3), (cast.ada, 3)):
        log = as_(user).get("/leads/log?period=today").content.decode()
        told = program(user).get("metrics/calls", {"period": "today"}).json()
        behind = as_(user).get(told["totals"][0]["records"]).content.decode()
        listed = program(user).get("activities", {"where": told["where"], "count": "exact"})

        assert calls_on(log) == str(calls)
        assert told["totals"][0]["value"] == calls
        assert re.search(r'<ll-selection matching="(\d+)"', behind)[1] == str(calls)
        assert listed.json()["count"] == {"value": calls, "exact": True}


def test_the_analysis_by_stage_and_source(cast, as_, worked):
    page = as_(cast.mira).get("/leads/analysis?period=today").content.decode()
    file = as_(cast.mira).get("/leads/analysis.csv?period=today").content.decode("utf-8-sig")

    assert "Time to qualify" in page
    assert "Assigned,2" in file
    assert "Fair,2" in file
    assert "Otto Brandt" not in page


def test_a_question_that_cannot_be_meant_is_told(cast, as_):
    page = as_(cast.lena).get("/leads/log?period=yore&user=zz")

    assert page.status_code == 200
    assert "“yore” is no period" in page.content.decode()


def test_the_log_of_one_person(cast, as_, worked):
    page = as_(cast.lena).get(f"/leads/log?period=today&user={cast.otto.pk}").content.decode()

    assert calls_on(page) == "1"
    assert "Rosa Ibarra" not in page.split("<main")[1].split("By hour")[0].split("By person")[1]


def test_the_api_lists_what_is_counted_and_refuses_what_is_not(cast, program):
    listed = program(cast.rosa).get("metrics").json()["data"]
    wrong = program(cast.rosa).get("metrics/calls", {"by": "weather"})

    assert {"calls", "conversion", "time_in_stage"} <= {each["name"] for each in listed}
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["field"] == "by"
    assert program(cast.prue).get("metrics/calls").status_code == 404


def test_activities_and_notes_name_whom_one_sees(cast, as_, worked):
    activities = as_(cast.mira).get("/activities/").content.decode()
    notes = as_(cast.mira).get("/notes/").content.decode()

    assert "Lead of Rosa Ibarra" in activities
    assert "Lead of Otto Brandt" not in activities
    assert "Prefers calls in the morning." in notes
    assert as_(cast.prue).get("/activities/").status_code == 403
