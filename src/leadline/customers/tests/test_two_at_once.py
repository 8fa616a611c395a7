"""Two people at one record: nothing is lost, nothing twice, nobody waits for ever (ALL-1)."""

import psycopg
import pytest
from django.db import connection

from leadline.core.refusals import EditConflict, NotAllowed, Refusal, RulesBroken
from leadline.customers import actions
from leadline.customers.models import Contact, Customer, Pulse
from leadline.customers.tests.test_adding import drafts_of
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def test_of_two_edits_one_is_told_what_the_other_changed(cast, make, by):
    """ALL-1: both saw version n; one saves, one is asked to choose."""
    customer = make.customer(cast.rosa)
    for version in range(1, ROUNDS + 1):
        outcomes = at_once(
            lambda v=version: actions.edit_customer(customer, version=v, city=f"Solo {v}", by=by(cast.rosa)),
            lambda v=version: actions.edit_customer(customer, version=v, city=f"Medan {v}", by=by(cast.mira)),
        )
        saved = [outcome for outcome in outcomes if isinstance(outcome, Customer)]
        told = [outcome for outcome in outcomes if isinstance(outcome, EditConflict)]

        assert (len(saved), len(told)) == (1, 1), outcomes
        assert [(change.field, change.theirs) for change in told[0].changes] == [("city", saved[0].city)]
        assert Customer.objects.get().city == saved[0].city


def test_two_primaries_at_once_make_one(cast, make, by):
    """CUS-11: both are answered as done; the later stands."""
    customer = make.customer(cast.rosa)
    ann, bob, eve = (make.contact(customer) for _ in range(3))
    for one, other in [(bob, eve), (ann, bob), (eve, ann), (bob, ann)]:
        outcomes = at_once(
            lambda c=one: actions.make_primary(c, by=by(cast.rosa)),
            lambda c=other: actions.edit_contact(c, is_primary=True, by=by(cast.mira)),
        )

        assert all(isinstance(outcome, Contact) for outcome in outcomes), outcomes
        assert Contact.objects.filter(is_primary=True).count() == 1


def test_two_first_contacts_at_once_have_one_primary(cast, make, by):
    """CUS-11: whoever comes first."""
    for _ in range(ROUNDS):
        customer = make.customer(cast.rosa)
        outcomes = at_once(
            *(
                lambda n=n, c=customer: actions.add_contact(
                    c, name=f"C {n}", email=f"{n}@x.example", by=by(cast.rosa)
                )
                for n in range(2)
            )
        )

        assert all(isinstance(outcome, Contact) for outcome in outcomes), outcomes
        assert Contact.objects.filter(customer=customer, is_primary=True).count() == 1


def test_archiving_and_moving_a_primary_at_once(cast, make, by):
    """CUS-11: each customer keeps one primary, whichever came first."""
    for _ in range(ROUNDS):
        old, new = make.customer(cast.rosa), make.customer(cast.rosa)
        ann, _bob = make.contact(old), make.contact(old)
        outcomes = at_once(
            lambda a=ann: actions.archive_contact(a, by=by(cast.rosa)),
            lambda a=ann, c=new: actions.move_contact(a, customer=c, by=by(cast.mira)),
        )

        assert all(isinstance(outcome, Contact | Refusal) for outcome in outcomes), outcomes
        for customer in (old, new):
            current = Contact.objects.current().filter(customer=customer)
            assert current.filter(is_primary=True).count() == min(current.count(), 1)


@pytest.mark.parametrize("on_duplicate", ["skip", "update"])
def test_two_imports_of_one_file_make_each_customer_once(cast, by, on_duplicate):
    """CUS-20: the second finds what the first made."""
    drafts = drafts_of(*({"name": f"K {n}", "email": f"{n}@x.example"} for n in range(30)), by=by(cast.ada))
    outcomes = at_once(
        *[lambda: actions.add_customers(drafts, on_duplicate=on_duplicate, by=by(cast.ada))] * 2
    )

    assert sorted(len(outcome.created) for outcome in outcomes) == [0, 30]
    assert Customer.objects.count() == Pulse.objects.count() == 30


def test_assigning_and_editing_at_once_keeps_both(cast, make, by):
    """ALL-1: neither overwrites the other's columns; the pulse follows."""
    customer = make.customer(cast.rosa)
    for number in range(ROUNDS):
        owner = (cast.mira, cast.rosa)[number % 2]
        outcomes = at_once(
            lambda o=owner: actions.assign_customer(customer, owner=o, by=by(cast.ada)),
            lambda n=number: actions.edit_customer(customer, city=f"City {n}", by=by(cast.ada)),
        )
        now = Customer.objects.select_related("pulse").get()

        assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
        assert (now.owner, now.pulse.owner_id, now.city) == (owner, owner.pk, f"City {number}")


def test_archiving_and_editing_at_once(cast, make, by):
    """PPL-5: the edit came before, or is told that the customer is archived."""
    for number in range(ROUNDS):
        customer = make.customer(cast.rosa)
        archived, edited = at_once(
            lambda c=customer: actions.archive_customer(c, by=by(cast.rosa)),
            lambda c=customer, n=number: actions.edit_customer(c, city=f"City {n}", by=by(cast.mira)),
        )
        now = Customer.objects.get(pk=customer.pk)

        assert isinstance(archived, Customer), archived
        assert now.is_archived
        assert isinstance(edited, NotAllowed) if not now.city else now.city == f"City {number}"


def test_two_bulk_changes_in_opposite_order_do_not_lock_up(cast, make, by):
    """CUS-7: locks are taken in the order of the keys."""
    ids = [make.customer(cast.rosa).pk for _ in range(20)]
    for _ in range(ROUNDS):
        outcomes = at_once(
            lambda: actions.tag_customers(ids, add=["a"], by=by(cast.ada)),
            lambda: actions.assign_customers(ids[::-1], owner=cast.otto, by=by(cast.ada)),
            lambda: actions.change_status(ids[::-1], status="active", by=by(cast.ada)),
        )

        assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes


def test_two_who_would_close_a_circle_together_do_not(cast, make, by):
    """CUS-1: each is fine alone; the second is told that the first came before."""
    for _ in range(ROUNDS):
        one, two = make.customer(cast.rosa), make.customer(cast.rosa)
        outcomes = at_once(
            lambda a=one, b=two: actions.edit_customer(a, parent=b.pk, by=by(cast.rosa)),
            lambda a=one, b=two: actions.edit_customer(b, parent=a.pk, by=by(cast.mira)),
        )

        assert sum(isinstance(outcome, Customer) for outcome in outcomes) == 1, outcomes
        assert [type(outcome) for outcome in outcomes if not isinstance(outcome, Customer)] == [RulesBroken]


def test_looking_whether_one_may_waits_for_nobody(cast, make, as_, database_url):
    """ALL-1: a dialog opens and a hand-over is previewed while a job holds the record."""
    customer = make.customer(cast.rosa)
    mira = as_(cast.mira)
    with psycopg.connect(database_url) as job, connection.cursor() as cursor:
        job.execute("SELECT FROM customers_customer WHERE id = %s FOR UPDATE", [customer.pk])
        cursor.execute("SET lock_timeout = '5s'")  # else it would wait for ever
        opened = mira.get(f"/customers/{customer.pk}/assign")

    assert opened.status_code == 200
