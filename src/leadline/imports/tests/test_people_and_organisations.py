"""A person and an organisation in one row: both taken or neither, both undone, scope kept (CUS-20)."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core.actions import Actor
from leadline.core.jobs import run_waiting_jobs
from leadline.customers.models import Contact, Customer
from leadline.imports import actions
from leadline.imports.rejected import rejected_rows

FILE = """name,email,customer,customer_email,customer_phone,customer_status
Ana,ana@acme.example,Acme,info@acme.example,+62 21 555 0100,active
Ben,ben@acme.example,Acme,,,
Cid,cid@old.example,Old Ltd,,,
Dee,not-an-address,Only Dee Ltd,,,
Eva,eva@eva.example,,,,
Fay,fay@bad.example,Bad,broken@,,
"""


def together(bring, content, ada, **options):
    brought = bring(content, kind="contacts")
    return actions.choose_options(brought, make_customers=True, by=options.pop("by", ada), **options)


def counted(brought):
    names = ("created", "updated", "skipped", "rejected", "customers_created")
    return tuple(brought.counts.get(name, 0) for name in names)


def test_customers_are_made_or_found_and_what_fails_is_told(customer, bring, run, ada):
    old = customer("Old Ltd", "hello@old.example")

    brought = run(together(bring, FILE, ada))

    assert counted(brought) == (4, 0, 0, 2, 2)
    assert sorted(Customer.objects.values_list("name", "email", "kind")) == [
        ("Acme", "info@acme.example", "enterprise"),
        ("Eva", "eva@eva.example", "individual"),
        ("Old Ltd", "hello@old.example", "enterprise"),
    ]
    assert Contact.objects.get(name="Cid").customer == old
    assert Customer.objects.get(name="Acme").contacts.count() == 2
    told = {row.number: row.reason for row in rejected_rows(brought)}
    assert "not-an-address" in told[5]
    assert told[7].startswith("Customer: ")


def test_a_customer_that_only_a_refused_person_brought_is_not_made(bring, run, ada):
    first = "name,email,customer,external_id\nAna,ana@x.example,Acme,7\n"
    run(together(bring, first, ada, source="Old"))

    again = run(
        together(bring, "name,email,customer,external_id\nBo,bo@y.example,New Ltd,7\n", ada, source="Old")
    )

    assert counted(again) == (0, 0, 0, 1, 0)
    assert not Customer.objects.filter(name="New Ltd").exists()


def test_undo_takes_both_back(bring, run, ada):
    brought = run(together(bring, FILE, ada))

    actions.undo_import(brought, by=ada)
    run_waiting_jobs()

    assert Contact.objects.current().count() == 0
    assert Customer.objects.current().count() == 0


def test_the_same_file_twice_adds_nothing(bring, run, ada):
    run(together(bring, FILE, ada))

    again = run(together(bring, FILE, ada))

    assert counted(again) == (0, 0, 4, 2, 0) or counted(again) == (0, 0, 5, 1, 0)


def test_a_dry_run_foresees_both(bring, run, ada):
    brought = together(bring, FILE, ada)
    job = actions.start_check(brought, by=ada)
    run_waiting_jobs()
    job.refresh_from_db()

    assert Customer.objects.count() == 0
    assert job.counts == run(brought).counts


def test_a_row_neither_finds_nor_takes_what_is_out_of_sight(customer, bring, run, ada, person):
    seller = Actor(person("sales-manager", "rosa"))
    hidden = customer("Hidden", "info@hidden.example", owner=ada.user)
    brought = bring("name,email,customer\nAna,ana@x.example,Hidden\n", kind="contacts", by=seller)
    actions.choose_options(brought, make_customers=True, by=seller)

    run(brought, by=seller)

    assert hidden.contacts.count() == 0
    assert Contact.objects.get().customer.owner == seller.user


CELL = st.sampled_from(["", "Ana", "ana@x.example", "b@y.example", "bad@", "Acme", "Beta", "=1+1", "' ", "7"])


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), min_size=1, max_size=12),
    st.sampled_from(["skip", "update", "create"]),
)
def test_rows_in_are_rows_told(bring, run, ada, rows, on_duplicate):
    header = "name,email,customer,customer_email,external_id"
    text = "\n".join([header, *(",".join(row) for row in rows)])

    brought = run(together(bring, text, ada, on_duplicate=on_duplicate, source="Old"))

    counts = Counter(
        {name: brought.counts.get(name, 0) for name in ("created", "updated", "skipped", "rejected")}
    )
    assert counts.total() == brought.study["rows"]
    assert len(list(rejected_rows(brought))) == counts["rejected"]
