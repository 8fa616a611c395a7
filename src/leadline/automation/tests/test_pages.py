"""Rules in the browser and through the API: the same actions (PLT-6, ALL-10)."""

import json

import pytest

from leadline.api.tests.conftest import program
from leadline.automation.models import Rule, Run
from leadline.automation.tests.conftest import PAID, TASK, event
from leadline.tasks.models import Task

__all__ = ["program"]

FORM = {
    "name": "Large failed deposit",
    "once_per": "day",
    "way": "on",
    "s.on": "platform:deposit_failed",
    "record": "",
    "node": ["e-0"],
    "e.word": "and",
    "e-0.is": "question",
    "e-0.field": "amount",
    "e-0.was": "amount",
    "e-0.op": "at_least",
    "e-0.value": "100",
    "t": "0",
    "t0.step": "task",
    "t0.who": "owner",
    "t0.title": "Call {name}",
    "t0.description": "",
    "t0.kind": "call",
    "t0.priority": "high",
    "t0.hours": "2",
}


def test_a_rule_is_made_in_the_browser(cast, as_):
    ada = as_(cast.ada)
    assert b"Deposit failed" in ada.get("/automation/add").content

    response = ada.post("/automation/add", FORM)

    made = Rule.objects.get(name="Large failed deposit")
    assert response["Location"] == f"/automation/{made.pk}/try"
    assert (made.is_on, made.once_per) == (False, "day")
    assert made.happened == {"and": [{"field": "amount", "op": "at_least", "value": "100"}]}
    assert made.steps[0]["title"] == "Call {name}"


def test_a_misspelt_place_is_told_and_what_was_typed_stays(cast, as_):
    response = as_(cast.ada).post("/automation/add", {**FORM, "t0.title": "Call {nmae}"})

    assert response.status_code == 422
    assert "Did you mean “{name}”" in response.content.decode()
    assert "Call {nmae}" in response.content.decode()


@pytest.mark.parametrize(
    ("do", "words"),
    [("step-add star", "For how many days"), ("add e", "e-1.field"), ("step-remove 0", "at least one thing")],
)
def test_the_builder_is_drawn_anew_after_each_step(cast, as_, do, words):
    response = as_(cast.ada, htmx=True).post("/automation/build", {**FORM, "do": do})

    assert response.status_code == 200
    assert words in response.content.decode()


@pytest.mark.parametrize(
    "start",
    [
        {"way": "change"},
        {"way": "every", "s.every": "week", "s.kind": "customer"},
        {"way": "days", "s.kind": "customer"},
    ],
)
def test_the_other_starts_can_be_built(cast, as_, start):
    response = as_(cast.ada, htmx=True).post("/automation/build", {**FORM, **start})

    assert response.status_code == 200
    assert 'id="rule-then"' in response.content.decode()


def test_trying_a_draft_writes_nothing(cast, make, as_, told, settle):
    Rule.objects.update(is_on=False)
    make.customer(cast.rosa, email="ana@example.com", name="Ana Lines")
    told(event("deposit_failed", email="ana@example.com", **PAID))
    settle()

    shown = as_(cast.ada, htmx=True).post("/automation/try", FORM).content.decode()

    assert "Made the task “Call Ana Lines” for Rosa Ibarra" in shown
    assert not Task.objects.exists()


def test_the_log_shows_each_run_to_who_sees_the_record(cast, make, as_, told, settle):
    customer = make.customer(cast.otto, email="ana@example.com", name="Ana Lines")
    told(event("deposit_failed", email="ana@example.com", **PAID))
    settle()

    run = Run.objects.get(state="done")
    for address in ("/automation/log", f"/automation/{run.rule_id}"):
        assert b"Ana Lines" in as_(cast.lena).get(address).content
        assert b"Ana Lines" not in as_(cast.mira).get(address).content
    panel = as_(cast.otto).get(f"/automation/about/customer/{customer.pk}").content.decode()
    assert "Failed deposit: call at once" in panel
    assert as_(cast.rosa).get(f"/automation/about/customer/{customer.pk}").status_code == 404


def test_a_rule_is_switched_moved_and_archived(cast, as_):
    ada, rule = as_(cast.ada), Rule.objects.get(key="failed_deposit")

    ada.post(f"/automation/{rule.pk}/switch", {"on": "0"})
    ada.post(f"/automation/{rule.pk}/move", {"to": "down"})
    ada.post(f"/automation/{rule.pk}/archive")

    rule.refresh_from_db()
    assert (rule.is_on, rule.is_archived) == (False, True)
    assert b"Failed deposit" in ada.get("/automation/?archived=only").content
    assert as_(cast.rosa).get("/automation/").status_code == 403


def test_a_program_makes_tries_and_reads_what_ran(cast, make, program, told, settle):
    ada = program(cast.ada)
    make.customer(cast.rosa, email="ana@example.com", name="Ana Lines")
    given = {"name": "By API", "start": {"on": "platform:deposit_failed"}, "steps": [TASK], "on": True}

    made = ada.post("automation-rules", given)
    assert made.status_code == 201, made.content
    key = made.json()["id"]
    told(event("deposit_failed", email="ana@example.com", **PAID))
    settle()

    runs = ada.get(f"automation-runs?rule={key}").json()["data"]
    assert [(run["state"], run["record"]["name"]) for run in runs] == [("done", "Ana Lines")]
    tried = ada.post(f"automation-rules/{key}/try", {"days": 1}).json()
    assert (tried["looked"], tried["fitted"]) == (1, 1)
    assert ada.post(f"automation-rules/{key}/switch", {"on": False}).json()["on"] is False
    wrong = ada.post("automation-rules", {**given, "steps": [{**TASK, "title": "{nmae}"}]})
    assert wrong.status_code == 422
    assert json.loads(wrong.content)["errors"][0]["field"] == "steps"
