"""The rules that an installation comes with do what sales needs at once (PLT-6, SIG-8)."""

from datetime import date

import pytest

from leadline.assignment import actions as assignment
from leadline.automation.actions import change_rule, switch_rule
from leadline.automation.models import Credit, Rule, Run
from leadline.automation.tests.conftest import PAID, event
from leadline.compliance.actions import approve_procedure
from leadline.compliance.models import Procedure
from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.events import Subject
from leadline.leads.actions import convert_lead
from leadline.leads.models import Lead, Pulse
from leadline.leads.queries.queue import next_lead_for
from leadline.tasks.actions import TaskDraft, add_tasks
from leadline.tasks.models import Task
from leadline.timeline.models import Notification


def test_a_failed_deposit_is_a_task_for_the_account_manager_with_the_decline_in_plain_words(
    cast, make, told, settle
):
    customer = make.customer(cast.rosa, name="Ana Lines", email="ana@example.com")

    told(event("deposit_failed", email="ana@example.com", **PAID, reason="insufficient_funds"))
    settle()

    task = Task.objects.get()
    assert (task.owner, task.about_kind, task.about_id) == (cast.rosa, "customer", customer.pk)
    assert (task.kind, task.priority) == ("call", "high")
    assert task.title == "Deposit failed: call Ana Lines"
    assert task.description == (
        "250.00 EUR by Card was not taken: Not enough money on the card or account.\n"
        "What to say: Ask whether another card, a bank transfer or a smaller amount suits better."
    )
    assert task.made_by == cast.house


def test_without_an_owner_a_lead_manager_gets_it_and_in_her_language(cast, make, told, settle):
    cast.lena.language = "id"
    cast.lena.save()
    lead = make.lead(None, email="bo@example.com")

    told(event("deposit_failed", email="bo@example.com", **PAID, reason="expired_card"))
    settle()

    task = Task.objects.get()
    assert (task.owner, task.about_kind, task.about_id) == (cast.lena, "lead", lead.pk)
    assert not task.title.startswith("Deposit failed")


def test_told_twice_it_is_one_task(cast, make, told, settle):
    make.customer(cast.rosa, email="ana@example.com")
    failed = event("deposit_failed", email="ana@example.com", **PAID, reason="timeout")

    told(failed)
    told(failed)
    settle()

    assert Task.objects.count() == 1


def test_who_is_unknown_is_told_in_the_log(told, settle):
    told(event("deposit_failed", **PAID))
    settle()

    run = Run.objects.get()
    assert (run.state, run.lead_id, run.customer_id) == ("skipped", None, None)
    assert "known to be this person" in run.because
    assert not Task.objects.exists()


def test_who_deposits_alone_is_upsell_of_high_priority(cast, make, told, settle):
    lead = make.lead(cast.rosa, email="bo@example.com")

    told(event("deposit", email="bo@example.com", **PAID, by="self"))
    told(event("deposit", user="u-2", **PAID, by="rep"))
    settle()

    lead.refresh_from_db()
    assert set(lead.tags) == {"upsell", "high priority"} or set(lead.tags) == {"Upsell", "High priority"}
    assert lead.desk == "upsell"


def test_a_deposit_on_an_existing_account_counts_for_the_owner_of_that_moment(cast, make, told, settle, by):
    customer = make.customer(cast.rosa, email="ana@example.com")
    told(event("deposit", email="ana@example.com", **PAID, account="existing"))
    settle()
    customer.owner = cast.otto
    customer.save()
    told(event("deposit", email="ana@example.com", **PAID, account="existing"))
    told(event("deposit", email="ana@example.com", **PAID, account="new"))
    settle()

    assert list(Credit.objects.order_by("pk").values_list("user__name", "amount", "currency")) == [
        ("Rosa Ibarra", 250, "EUR"),
        ("Otto Brandt", 250, "EUR"),
    ]


@pytest.mark.parametrize(
    ("before", "details", "because"),
    [
        (40 * 24 * 60, {}, "logged in after 39 days"),
        (5, {"balance": "3.50", "currency": "EUR"}, "logged in with a balance of 3.50 EUR"),
    ],
)
def test_a_login_after_a_pause_or_with_a_low_balance_is_on_top_of_the_queue(
    cast, make, told, settle, before, details, because
):
    lead = make.lead(cast.rosa, email="bo@example.com", time_zone="UTC")
    told(event("seen", email="bo@example.com", ago=before))

    told(event("logged_in", email="bo@example.com", **details, ago=before and 1))
    settle()

    assert Pulse.objects.get(lead=lead).top_because == because
    assert next_lead_for(cast.rosa) == lead.pk


def test_a_login_the_day_after_changes_nothing(cast, make, told, settle):
    lead = make.lead(cast.rosa, email="bo@example.com")
    told(event("seen", email="bo@example.com", ago=24 * 60))

    told(event("logged_in", email="bo@example.com", balance="500", currency="EUR"))
    settle()

    assert Pulse.objects.get(lead=lead).top_since is None
    assert Run.objects.filter(state="not_fit").count() == 2


def test_what_is_off_runs_for_nothing_and_events_of_the_platform_are_not_even_told(cast, make, told, settle):
    Rule.objects.update(is_on=False)
    make.lead(cast.rosa, email="bo@example.com")

    told(event("logged_in", email="bo@example.com"), event("deposit_failed", email="bo@example.com", **PAID))
    settle()

    assert not Run.objects.exists()
    assert Lead.objects.count() == 1


def test_the_first_deposit_starts_compliance_once_and_approved_goes_to_the_retention_desk(
    cast, make, told, settle
):
    lead = make.lead(cast.rosa, name="Bo Lines", email="bo@example.com")
    for _time in range(2):
        told(event("deposit", email="bo@example.com", **PAID))
        settle()

    procedure = Procedure.objects.get()
    assert (procedure.lead, procedure.amount, procedure.currency) == (lead, 250, "EUR")
    runs = Run.objects.filter(rule__key="first_deposit").order_by("pk")
    assert [run.did[0]["words"] for run in runs] == [
        "Started the compliance procedure",
        "Has a compliance procedure already",
    ]
    assert runs[0].did[0]["address"] == f"/compliance/{procedure.pk}/"

    procedure.checks.update(state="approved")
    approve_procedure(procedure, by=make.by)
    settle()
    lead.refresh_from_db()
    assert lead.desk == "retention"
    assert Notification.objects.filter(user=cast.rosa, text="Compliance is approved: Bo Lines").exists()


def test_a_customer_who_is_approved_gets_an_owner_of_the_desk_by_the_rules_and_both_owners_hear_of_it(
    cast, make, told, settle, by, retention_by_rules
):
    customer = make.customer(cast.rosa, name="Ana Lines", email="ana@example.com")
    offer = TaskDraft(
        title="Send the offer", due_on=date(2030, 5, 20), about=Subject("customer", customer.pk)
    )
    add_tasks([offer], by=by(cast.rosa))
    told(event("deposit", email="ana@example.com", **PAID))
    settle()

    _approve(make)
    settle()

    customer.refresh_from_db()
    assert (customer.desk, customer.owner) == ("retention", cast.otto)
    assert _told(cast.rosa) == ["Ana Lines is Otto Brandt’s now: Compliance is approved."]
    assert _told(cast.otto) == [
        "Ana Lines is yours now, from Rosa Ibarra: Compliance is approved."
        " Agreed: Send the offer (20 May 2030)."
    ]
    assert Notification.objects.get(user=cast.otto).address == f"/customers/{customer.pk}/"
    assert Notification.objects.get(user=cast.rosa).address == "/customers/", "she does not see it any more"
    assert (
        Run.objects.get(rule__key="compliance_approved")
        .did[1]["words"]
        .endswith("Told Rosa Ibarra, Otto Brandt")
    )


def test_a_customer_who_is_approved_and_stays_is_told_to_its_owner_once(cast, make, told, settle):
    make.customer(cast.rosa, name="Ana Lines", email="ana@example.com")
    told(event("deposit", email="ana@example.com", **PAID))
    settle()

    _approve(make)
    settle()

    assert _told(cast.rosa) == ["Compliance is approved: Ana Lines"]


def test_a_step_that_follows_the_hand_over_sees_the_new_owner(
    cast, make, told, settle, by, retention_by_rules
):
    notice = {"step": "notify", "who": "owner", "text": "Welcome {name}, {owner}"}
    rule = Rule.objects.get(key="compliance_approved")
    change_rule(rule, steps=[rule.steps[0], {"step": "owner_of_desk"}, notice], by=by(cast.ada))
    make.customer(cast.rosa, name="Ana Lines", email="ana@example.com")
    told(event("deposit", email="ana@example.com", **PAID))
    settle()

    _approve(make)
    settle()

    assert sorted(_told(cast.otto)) == ["Leadline handed you Ana Lines.", "Welcome Ana Lines, Otto Brandt"]
    assert _told(cast.rosa) == []


@pytest.fixture
def retention_by_rules(cast, by):
    """Whoever comes to the retention desk is Otto's, by a rule of assignment."""
    ada = by(cast.ada)
    assignment.set_overflow("customer", owner=cast.lena, by=ada)
    where = {"field": "desk", "op": "equals", "value": "retention"}
    rule = assignment.add_rule("customer", name="Retention", where=where, people=[cast.otto.pk], by=ada)
    assignment.switch_rule(rule, is_on=True, by=ada)
    assignment.switch_rules("customer", is_on=True, by=ada)


def _approve(make):
    procedure = Procedure.objects.get()
    procedure.checks.update(state="approved")
    approve_procedure(procedure, by=make.by)


def _told(person):
    return list(Notification.objects.filter(user=person).values_list("text", flat=True))


def test_switched_off_no_deposit_starts_compliance(cast, make, told, settle, by):
    switch_rule(Rule.objects.get(key="first_deposit"), is_on=False, by=by(cast.ada))
    make.lead(cast.rosa, email="bo@example.com")

    told(event("deposit", email="bo@example.com", **PAID))
    settle()

    assert not Procedure.objects.exists()


def test_a_procedure_of_the_lead_is_the_customers_after_conversion_until_that_is_undone(
    cast, make, told, settle, by
):
    lead = make.lead(cast.rosa, email="bo@example.com")
    told(event("deposit", email="bo@example.com", **PAID))
    settle()

    customer = convert_lead(lead, by=by(cast.rosa)).converted_to
    settle()
    told(event("deposit", email="bo@example.com", **PAID))
    settle()
    assert Procedure.objects.get().customer == customer

    undo_change_set(ChangeSet.objects.get(kind="leads.convert"), by=by(cast.rosa))
    settle()
    assert (Procedure.objects.get().customer, Procedure.objects.get().lead) == (None, lead)
