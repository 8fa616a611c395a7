"""Rules run once for each thing, in order, stop loops, and tell why they did not run (PLT-6)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from leadline.assignment.actions import set_overflow
from leadline.automation import actions
from leadline.automation.listeners import run_what_waits
from leadline.automation.models import Rule, Run
from leadline.automation.rules import understood
from leadline.automation.running.guarding import DEEPEST, MOST_AN_HOUR
from leadline.automation.steps import registry
from leadline.automation.steps.registry import Setting, Step
from leadline.automation.steps.webhooks import secret_of
from leadline.automation.tasks import by_the_clock, follow
from leadline.automation.tests.conftest import PAID, TASK, event
from leadline.core import clock
from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.events import EventRecord, EventWaiting
from leadline.core.events.telling import events_of, tell_waiting
from leadline.core.history import HistoryEntry
from leadline.core.secrets.signatures import is_signed, signed_text
from leadline.leads import actions as leads
from leadline.leads.models import Lead, Stage
from leadline.tasks.models import Task
from leadline.timeline.models import Notification


@pytest.fixture(autouse=True)
def provided_are_off(db):
    Rule.objects.update(is_on=False)


def states(**about):
    return list(Run.objects.filter(**about).order_by("pk").values_list("state", flat=True))


def test_a_run_says_why_with_values_and_what_it_did(cast, make, rule, told, settle):
    customer = make.customer(cast.rosa, email="ana@example.com")
    big = {"field": "amount", "op": "at_least", "value": 100}
    rule("platform:deposit_failed", TASK, happened=big)

    told(
        event("deposit_failed", email="ana@example.com", **PAID),
        event("deposit_failed", **{**PAID, "amount": "9"}),
    )
    settle()

    done = Run.objects.get(state="done")
    assert done.facts == [["Amount", "250.00"]]
    assert done.customer_id == customer.pk
    assert done.did[0]["address"] == f"/tasks/{Task.objects.get().pk}/"
    assert Run.objects.get(state="not_fit").because == "The conditions do not hold."


def test_what_the_house_does_names_rule_and_event(cast, make, rule, told, settle):
    lead = make.lead(cast.rosa, email="bo@example.com")
    made = rule("platform:deposit", {"step": "tag", "add": "paid"}, record="lead")

    told(event("deposit", email="bo@example.com", **PAID))
    settle()

    entry = HistoryEntry.objects.filter(kind="lead", record_id=lead.pk).latest("pk")
    ledger = EventRecord.objects.get(name="platform.PaymentsReceived")
    assert (entry.actor, entry.via, entry.trace) == (cast.house, "rule", f"rule:{made.pk}:event:{ledger.pk}")


def test_told_again_it_does_nothing_more(cast, make, rule, told, by, settle):
    make.customer(cast.rosa, email="ana@example.com")
    rule("platform:deposit_failed", TASK)
    told(event("deposit_failed", email="ana@example.com", **PAID))
    keys = [(each.event_id, each.at) for each in EventWaiting.objects.all()]
    settle()

    run_what_waits(events_of(keys), by=by(cast.house, via="job"))

    assert Task.objects.count() == 1
    assert states() == ["done"]


def test_what_happened_long_ago_starts_nothing(cast, make, rule, told, settle):
    make.customer(cast.rosa, email="ana@example.com")
    rule("platform:deposit_failed", TASK)

    told(event("deposit_failed", email="ana@example.com", **PAID, ago=25 * 60))
    settle()

    assert not Task.objects.exists()


def test_what_is_broken_off_is_done_anew_and_once(cast, make, rule, told, by, settle):
    """As after `kill -9`: the transaction that took the events never ended."""
    make.customer(cast.rosa, email="ana@example.com")
    rule("platform:deposit_failed", TASK)
    told(event("deposit_failed", email="ana@example.com", **PAID))
    with transaction.atomic():
        settle()
        transaction.set_rollback(True)
    assert not Task.objects.exists()

    settle()

    assert Task.objects.count() == 1


def test_one_refusal_leaves_the_others(cast, make, rule, settle):
    closed, good = make.lead(cast.rosa), make.lead(cast.rosa)
    leads.archive_lead(closed, by=make.by)
    rule("event:leads.LeadsTagged", {"step": "star", "days": 1}, {"step": "tag", "add": "seen"})

    leads.restore_lead(closed, by=make.by)
    leads.tag_leads([closed.pk, good.pk], add=["hot"], by=make.by)
    leads.archive_lead(closed, by=make.by)
    settle()

    assert set(Run.objects.filter(lead=good).values_list("state", flat=True)) <= {"done", "stopped"}
    failed = Run.objects.filter(lead=closed).first()
    assert failed.state == "failed"
    assert "archived" in failed.because


def test_a_limit_for_each_record_is_kept_and_told(cast, make, rule, told, settle):
    make.customer(cast.rosa, email="ana@example.com")
    rule("platform:deposit_failed", TASK, once_per="day")
    for _time in range(2):
        told(event("deposit_failed", email="ana@example.com", **PAID))
        settle()

    assert states() == ["done", "skipped"]
    assert "at most once a day" in Run.objects.get(state="skipped").because
    with clock.at(clock.now() + timedelta(days=2)):
        told(event("deposit_failed", email="ana@example.com", **PAID))
        settle()
    assert states() == ["done", "skipped", "done"]


def test_two_rules_that_start_each_other_are_stopped_and_told(cast, make, rule, settle):
    lead = make.lead(cast.rosa)
    rule("event:leads.LeadsStarred", {"step": "top", "because": "starred"}, name="One")
    rule("event:leads.LeadsPutOnTop", {"step": "star", "days": 1}, name="Two")

    leads.star_lead(lead, until=clock.now() + timedelta(hours=3), by=make.by)
    settle()

    assert Run.objects.filter(state="done").count() == DEEPEST
    assert Run.objects.get(state="stopped").depth == DEEPEST + 1
    assert Rule.objects.filter(trouble__contains="started each other").count() == 1
    assert Notification.objects.filter(user=cast.ada, text__contains="started each other").count() == 1


def test_the_same_record_over_and_over_is_stopped(cast, make, rule, told, settle):
    make.customer(cast.rosa, email="ana@example.com")
    rule("platform:deposit_failed", TASK)

    told(*(event("deposit_failed", email="ana@example.com", **PAID) for _time in range(MOST_AN_HOUR + 2)))
    settle()

    assert Task.objects.count() == MOST_AN_HOUR
    assert states(state="stopped") == ["stopped"] * 2


def test_rules_run_in_their_order(cast, make, rule, by, settle):
    first = rule("event:leads.LeadsAdded", {"step": "tag", "add": "one"}, name="First")
    second = rule("event:leads.LeadsAdded", {"step": "tag", "add": "two"}, name="Second")
    actions.move_rule(second, places=-50, by=by(cast.ada))

    make.lead(cast.rosa)
    settle()

    assert list(Run.objects.order_by("pk").values_list("rule_id", flat=True)) == [second.pk, first.pk]


@pytest.fixture
def broken():
    """A step `falter`, which fails as long as `yes` stands here."""
    state = {"yes": True}

    def falter(cases, params, by):
        if state["yes"]:
            raise ZeroDivisionError
        return [registry.Outcome("Recovered") for _case in cases]

    setting = Setting("x", "X", default="y")
    registry.register_step(
        Step("falter", "Falter", "x", ("lead",), (setting,), falter, lambda shown: "falter")
    )
    yield state
    del registry._steps["falter"]


def try_again(make, cast):
    with clock.at(clock.now() + timedelta(minutes=2)):
        actions.try_again(Run.objects.get().pk, by=replace(make.by, user=cast.house))


def test_a_fault_is_tried_again_from_where_it_stopped(cast, make, rule, settle, broken):
    rule("event:leads.LeadsAdded", {"step": "tag", "add": "one"}, {"step": "falter"})
    lead = make.lead(cast.rosa)
    settle()
    assert states() == ["retry"]
    broken["yes"] = False
    try_again(make, cast)

    run = Run.objects.get()
    assert run.state == "done"
    assert [each["words"] for each in run.did][-1] == "Recovered"
    assert Lead.objects.get(pk=lead.pk).tags == ["one"]


def test_what_is_tried_again_still_names_what_happened(cast, make, rule, settle, told, broken):
    """PLT-6: the amount of the payment, though the run came later than the payment."""
    task = {"step": "task", "who": "owner", "title": "Failed: {amount} {currency}"}
    rule("platform:deposit_failed", {"step": "falter"}, task)
    make.lead(cast.rosa, email="bo@example.com")
    told(event("deposit_failed", email="bo@example.com", **PAID, reason="timeout"))
    settle()
    assert states() == ["retry"]
    broken["yes"] = False
    try_again(make, cast)

    assert Task.objects.get().title == "Failed: 250.00 EUR"


def test_a_change_from_and_to_starts_a_rule(cast, make, rule, settle):
    qualified, contacting = (Stage.objects.get(key=key) for key in ("qualified", "contacting"))
    rule({"change": "lead", "field": "stage", "to": qualified.pk}, {"step": "tag", "add": "warm"})
    follow()
    lead, other = make.lead(cast.rosa), make.lead(cast.rosa)
    follow()

    leads.set_stage_of(lead, stage=qualified, by=make.by)
    leads.set_stage_of(other, stage=contacting, by=make.by)
    follow()
    follow()

    assert states() == ["done"]
    assert Lead.objects.get(pk=lead.pk).tags == ["warm"]


def test_days_after_a_date_run_once_as_a_change_set_that_is_undone(cast, make, rule, settle, by):
    moment = clock.now().replace(hour=8, minute=0)
    with clock.at(moment):
        due = make.lead(cast.rosa, registered_at=moment - timedelta(days=3))
        make.lead(cast.rosa, registered_at=moment - timedelta(days=2))
        start = {
            "days": 3,
            "side": "after",
            "field": "registered_at",
            "kind": "lead",
            "at": "09:00",
            "zone": "UTC",
        }
        rule(start, {"step": "tag", "add": "third day"})
    for minutes in (61, 62, 180):
        with clock.at(moment + timedelta(minutes=minutes)):
            by_the_clock()
            settle()

    assert Lead.objects.get(pk=due.pk).tags == ["third day"]
    assert states() == ["done"]
    changes = ChangeSet.objects.get(kind="automation.timed")
    undo_change_set(changes, by=by(cast.ada))
    settle()
    assert Lead.objects.get(pk=due.pk).tags == []


def test_trying_tells_what_would_be_and_writes_nothing(cast, make, rule, told, settle, by):
    make.customer(cast.rosa, email="ana@example.com", name="Ana Lines")
    told(
        event("deposit_failed", email="ana@example.com", **PAID),
        event("deposit_failed", **{**PAID, "amount": "9"}),
    )
    settle()
    made = rule("platform:deposit_failed", TASK, happened={"field": "amount", "op": "at_least", "value": 100})
    before = EventRecord.objects.count()

    tried = actions.rehearse_rule(understood(made), rule=made, days=7, by=by(cast.ada))

    assert (tried.looked, tried.fitted, tried.records) == (2, 1, 1)
    assert tried.runs[0].did[0]["words"] == "Made the task “Call Ana Lines” for Rosa Ibarra"
    assert not Task.objects.exists()
    assert not Run.objects.exists()
    assert EventRecord.objects.count() == before


def test_trying_tells_what_a_limit_for_each_record_would_keep_from_running(cast, make, told, rule, by):
    for name in ("ana", "bo"):
        make.customer(cast.rosa, name=name, email=f"{name}@example.com")
    Rule.objects.update(is_on=False)
    for ago in (50 * 60, 49 * 60, 20 * 60, 10):
        told(event("deposit_failed", email="ana@example.com", **PAID, ago=ago))
    told(event("deposit_failed", "u-2", email="bo@example.com", **PAID))
    made = rule("platform:deposit_failed", TASK, once_per="day")

    tried = actions.rehearse_rule(understood(made), rule=made, days=7, by=by(cast.ada))
    draft = actions.rehearse_rule(understood(made), once_per="ever", by=by(cast.ada))
    free = actions.rehearse_rule(understood(made), by=by(cast.ada))

    assert (tried.fitted, tried.records, tried.limited) == (5, 2, 2)
    skipped = [run for run in tried.runs if run.state == "skipped"]
    assert {run.because for run in skipped} == {"Not run again: at most once a day for each record."}
    assert all(not run.did for run in skipped)
    assert (draft.limited, free.limited) == (3, 0)


def test_trying_counts_what_the_log_tells_of_before(cast, make, told, rule, by, settle):
    make.customer(cast.rosa, email="ana@example.com")
    made = rule("platform:deposit_failed", TASK, once_per="ever")
    told(event("deposit_failed", email="ana@example.com", **PAID))
    settle()
    Run.objects.filter(rule=made).update(at=clock.now() - timedelta(days=8))

    tried = actions.rehearse_rule(understood(made), rule=made, days=7, by=by(cast.ada))

    assert (tried.fitted, tried.limited) == (1, 1)


def test_a_message_is_signed_and_sent_through_the_guard(cast, make, rule, receiver, settle):
    made = rule("event:leads.LeadsAdded", {"step": "webhook", "address": receiver.address})

    lead = make.lead(cast.rosa)
    settle()

    ((headers, body),) = receiver.heard
    assert receiver.bodies[0]["record"] == {"kind": "lead", "id": lead.pk}
    text = signed_text(headers["webhook-id"], headers["webhook-timestamp"], body)
    assert is_signed(headers["webhook-signature"], text, [secret_of(made.pk)])


def test_looking_costs_the_same_for_many(cast, make, rule, told, django_assert_max_num_queries):
    for number in range(20):
        make.customer(cast.rosa, email=f"c{number}@example.com")
    small = {"field": "amount", "op": "less_than", "value": 1}
    rule("platform:deposit_failed", TASK, happened=small)
    told(*(event("deposit_failed", user=f"u-{n}", email=f"c{n}@example.com", **PAID) for n in range(20)))

    with django_assert_max_num_queries(20):
        tell_waiting("leadline.automation.listeners.run_what_waits")

    assert Run.objects.filter(state="not_fit").count() == 3


def test_a_lead_goes_to_whom_the_rules_of_assignment_choose(cast, make, rule, by, settle):
    set_overflow("lead", owner=cast.otto, by=by(cast.ada))
    rule("event:leads.LeadsTagged", {"step": "assign_by_rules"})
    lead = make.lead(None)

    leads.tag_lead(lead, add=["hot"], by=make.by)
    settle()

    assert Lead.objects.get(pk=lead.pk).owner == cast.otto
