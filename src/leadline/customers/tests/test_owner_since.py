"""Since when the present owner has a customer is kept wherever owners change (SIG-5, CUS-7)."""

import json
from datetime import UTC, date, datetime

import pytest

from leadline.assignment.registry import assignable
from leadline.core.changesets import ChangeSet, open_change_set, undo_change_set
from leadline.core.clock import at
from leadline.core.drafts import Draft
from leadline.customers.actions import assign_customers, change_customers, deal_customers, merge_customers
from leadline.customers.actions.following import follow_owner
from leadline.customers.actions.knowing import ask_to_know_owners, know_owners_since
from leadline.customers.models import Customer, Pulse

JAN, FEB, MAR = (datetime(2031, month, 10, 9, tzinfo=UTC) for month in (1, 2, 3))


@pytest.fixture
def customer(make, cast):
    """A customer of Rosa's since January."""
    with at(JAN):
        return make.customer(cast.rosa, name="Ana Lines", email="ana@example.com")


def since(customer):
    return Pulse.objects.get(pk=customer.pk).owner_since


def test_a_new_customer_is_its_owners_since_then_and_nobodys_is_not(customer, make):
    assert since(customer) == JAN
    assert since(make.customer(None, name="Nobody", email="nobody@example.com")) is None


def test_another_owner_has_it_since_it_was_given_and_the_same_one_since_before(customer, cast, by):
    with at(FEB):
        assign_customers([customer.pk], owner=cast.rosa, by=by(cast.ada))
        assert since(customer) == JAN
        assign_customers([customer.pk], owner=cast.otto, by=by(cast.ada))
    assert since(customer) == FEB
    with at(MAR):
        assign_customers([customer.pk], owner=None, by=by(cast.ada))
    assert since(customer) is None


def test_whoever_moves_to_another_team_has_it_since_before(customer, cast, by):
    cast.rosa.team = cast.south
    with at(FEB):
        follow_owner(cast.rosa, by=by(cast.ada))

    assert Pulse.objects.get(pk=customer.pk).team_id == cast.south.pk
    assert since(customer) == JAN


def test_files_and_merges_keep_it(customer, make, cast, by):
    with at(FEB):
        change_customers({customer.pk: Draft(1, {"owner": cast.otto.pk})}, by=by(cast.ada))
    assert since(customer) == FEB

    other = make.customer(cast.mira, name="Ana Lines Ltd", email="ltd@example.com")
    with at(MAR):
        merge_customers(customer, others=[other.pk], choose={"owner": other.pk}, by=by(cast.ada))
    customer.refresh_from_db()
    assert (customer.owner, since(customer)) == (cast.mira, MAR)


def test_whoever_got_it_back_by_an_undoing_has_it_since_then(make, cast, by, settle):
    customer, ada = make.customer(cast.rosa, name="Ana Lines", email="ana@example.com"), by(cast.ada)
    changes = open_change_set("customers.assign", title="Assign", by=ada)
    assign_customers([customer.pk], owner=cast.otto, by=ada.within(changes.pk))
    given = since(customer)
    ChangeSet.objects.update(state=ChangeSet.State.DONE)

    undo_change_set(ChangeSet.objects.get(pk=changes.pk), by=ada)
    settle()

    customer.refresh_from_db()
    assert (customer.owner, Pulse.objects.get(pk=customer.pk).owner_id) == (cast.rosa, cast.rosa.pk)
    assert since(customer) > given


def test_an_undoing_makes_the_pulse_that_a_customer_lacks(make, cast, by, settle):
    customers = [make.customer(cast.rosa, name=f"{name} Lines", email=f"{name}@example.com") for name in "ab"]
    ada = by(cast.ada)
    changes = open_change_set("customers.assign", title="Assign", by=ada)
    assign_customers([customer.pk for customer in customers], owner=cast.otto, by=ada.within(changes.pk))
    ChangeSet.objects.update(state=ChangeSet.State.DONE)
    Pulse.objects.filter(pk=customers[0].pk).delete()

    undo_change_set(ChangeSet.objects.get(pk=changes.pk), by=ada)
    settle()

    assert set(Pulse.objects.values_list("pk", "owner_id")) == {(each.pk, cast.rosa.pk) for each in customers}


def test_rules_leave_alone_whom_somebody_got_since_they_looked(customer, make, cast, by):
    other = make.customer(cast.rosa, name="Bo Lines", email="bo@example.com")
    with at(MAR):
        assign_customers([customer.pk], owner=cast.otto, by=by(cast.ada))

    both = [customer.pk, other.pk]
    to_mira = {"decide": lambda ids: dict.fromkeys(ids, cast.mira.pk), "seen_at": FEB}
    with at(FEB):
        Pulse.objects.filter(pk=other.pk).update(owner_since=JAN)
        done = deal_customers(both, **to_mira, by=by(cast.ada))

    assert done.changed == [other.pk]
    assert done.refused == {customer.pk: "It was assigned to Otto Brandt in the meantime."}


def test_it_is_a_column_a_filter_in_the_api_and_on_the_page(customer, make, cast, as_):
    with at(MAR):
        make.customer(cast.rosa, name="Bo Lines", email="bo@example.com")
    got_in_january = assignable("customer").given_between(cast.rosa.pk, date(2031, 1, 1), date(2031, 1, 31))
    where = json.dumps(got_in_january)  # as the page of fairness opens it
    rosa = as_(cast.rosa)

    page = rosa.get("/customers/", {"where": where, "columns": "name,owner_since"}).content.decode()
    assert "Ana Lines" in page
    assert "Bo Lines" not in page
    assert "Owner since" in page
    shown = rosa.get(f"/customers/{customer.pk}/").content.decode()
    assert "Owner since" in shown
    assert "10 Jan 2031" in shown

    Pulse.objects.update(owner_since=None)
    assert "Not known" in rosa.get(f"/customers/{customer.pk}/").content.decode()


def test_of_customers_from_before_the_history_tells_it(customer, make, cast, by):
    other = make.customer(cast.rosa, name="Bo Lines", email="bo@example.com")
    assign_customers([other.pk], owner=cast.otto, by=by(cast.ada))
    Customer.objects.filter(pk=other.pk).update(city="Bandung")
    Pulse.objects.update(owner_since=None)
    ask_to_know_owners()

    after, portions = 0, 0
    while (last := know_owners_since(after, limit=1, by=by(cast.house))) is not None:
        after, portions = last, portions + 1

    assert portions == 2
    assert None not in Pulse.objects.values_list("owner_since", flat=True)
