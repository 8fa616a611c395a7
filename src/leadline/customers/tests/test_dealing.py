"""Customers get their owners by the rules of assignment, as leads do (LEA-10, SIG-5)."""

from datetime import timedelta

import pytest

from leadline.assignment import actions as assignment
from leadline.assignment.actions import assign_by_rules, assign_where_rules_run
from leadline.assignment.models import Given
from leadline.core.clock import now
from leadline.customers.actions import assign_customer
from leadline.people.working.actions import enter_absence

RETENTION = {"field": "desk", "op": "equals", "value": "retention"}


@pytest.fixture
def retention(cast, by):
    """A rule that is on: Rosa and Otto take what comes to the retention desk; Lena what nobody takes."""
    ada = by(cast.ada)
    assignment.set_overflow("customer", owner=cast.lena, by=ada)
    rule = assignment.add_rule(
        "customer", name="Retention", where=RETENTION, people=[cast.rosa.pk, cast.otto.pk], by=ada
    )
    assignment.switch_rule(rule, is_on=True, by=ada)
    assignment.switch_rules("customer", is_on=True, by=ada)
    return rule


def test_turns_and_absence_decide_and_it_is_told_why(cast, make, by, as_, retention):
    day = now().date()
    enter_absence(cast.otto, begins_on=day - timedelta(1), ends_on=day + timedelta(1), by=by(cast.ada))
    customer = make.customer(cast.mira, name="Nets", desk="retention")

    assign_by_rules("customer", [customer.pk], by=by(cast.ada))

    customer.refresh_from_db()
    assert (customer.owner, customer.team) == (cast.rosa, cast.rosa.team)
    given = Given.objects.get(kind="customer", record_id=customer.pk)
    assert (given.rule_id, given.before_id, given.how) == (retention.pk, cast.mira.pk, "turn")
    page = as_(cast.ada).get(f"/assignment/why/customer/{customer.pk}").content.decode()
    assert "Retention" in page
    assert "Otto" in page


def test_who_is_full_gets_none(cast, make, by, retention):
    assignment.set_share("customer", person=cast.rosa, weight=100, capacity=0, by=by(cast.ada))
    customers = [make.customer(None, desk="retention") for _n in range(2)]

    assign_by_rules("customer", [each.pk for each in customers], by=by(cast.ada))

    for customer in customers:
        customer.refresh_from_db()
    assert {customer.owner for customer in customers} == {cast.otto}


def test_by_hand_is_kept_as_the_reason(cast, make, by):
    customer = make.customer(cast.rosa)

    assign_customer(customer, owner=cast.otto, by=by(cast.ada))

    given = Given.objects.get(kind="customer")
    assert (given.how, given.owner_id, given.before_id) == ("hand", cast.otto.pk, cast.rosa.pk)


def test_where_no_rules_run_the_owner_stays(cast, make, by):
    customer = make.customer(cast.rosa, desk="retention")

    assert assign_where_rules_run("customer", [customer.pk], by=by(cast.house)) is None
