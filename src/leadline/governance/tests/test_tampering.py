"""An attacker holds the database, but not the keys. What they may do is tried, found and named (PPL-7)."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection

from leadline.core.actions import Actor
from leadline.core.events.models import EventRecord
from leadline.core.history import HistoryEntry
from leadline.customers.actions import edit_customer
from leadline.customers.models import Customer
from leadline.governance.actions import redact, remove_month
from leadline.governance.chain.ledgers import EVENTS, HISTORY
from leadline.governance.models import Redaction, Seal
from leadline.governance.sealing import seal_all
from leadline.governance.verifying import verify
from tests.cast import Make, kept_for_many, undone


@pytest.fixture(scope="module")
def place(django_db_setup, django_db_blocker):
    """Three customers with changes, all of it sealed in two portions; no test here asks for `db`."""
    with kept_for_many(django_db_blocker) as people:
        house, rosa = Actor(people.house), Actor(people.rosa)
        customers = [Make(people).customer(people.rosa) for _ in range(3)]
        seal_all(by=house, patience=5)
        for number, customer in enumerate(customers):
            edit_customer(customer, phone=f"+62 811 1000 20{number}", by=rosa)
        seal_all(by=house, patience=5)
        assert verify().ok, verify().broken
        yield SimpleNamespace(people=people, keys=[customer.pk for customer in customers])


@pytest.fixture
def cast(place):
    return place.people


@pytest.fixture
def sealed(place):
    """The customers of whom everything is sealed; what a test does to them is taken back."""
    with undone():
        yield list(Customer.objects.filter(pk__in=place.keys).order_by("pk"))


def run(sql, *params):
    """Straight into the database, past everything."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, params)
        cursor.execute("SET LOCAL session_replication_role = origin")


def first():
    """(where, what, id) of the first break."""
    report = verify()
    assert not report.ok
    found = report.broken[0]
    return found.where, found.what, found.id


def entry_of(customer, verb="changed"):
    return HistoryEntry.objects.filter(kind="customer", record_id=customer.pk, verb=verb).latest("id").pk


def test_all_is_well_and_counted(sealed):
    report = verify()

    assert report.entries == HistoryEntry.objects.count() + EventRecord.objects.count()
    assert report.records > 3
    assert report.unsealed == 0


def test_an_altered_entry_of_history(sealed):
    entry = entry_of(sealed[1])
    run("UPDATE core_history SET actor_id = actor_id + 1 WHERE id = %s", entry)

    assert first() == ("history", "altered", entry)


def test_an_altered_payload_of_history(sealed):
    entry = entry_of(sealed[1])
    run('UPDATE core_history SET changes = \'{"phone": ["", "1"]}\' WHERE id = %s', entry)

    assert first() == ("history", "altered", entry)


def test_a_removed_entry(sealed):
    entry = entry_of(sealed[0])
    run("DELETE FROM core_history WHERE id = %s", entry)

    assert first() == ("history", "removed", entry)


def test_an_entry_put_in_with_an_id_of_the_sealed(sealed):
    entry = entry_of(sealed[0])
    run("DELETE FROM core_history WHERE id = %s", entry - 1)
    run(
        "INSERT INTO core_history (id, at, kind, record_id, about_kind, about_id, verb, via, trace)"
        " SELECT -1, at, kind, record_id, about_kind, about_id, verb, via, trace"
        " FROM core_history WHERE id = %s",
        entry,
    )

    assert ("history", "removed", entry - 1) in {(b.where, b.what, b.id) for b in verify().broken}
    run("UPDATE core_history SET id = %s WHERE id = -1", entry - 1)
    assert first() == ("history", "altered", entry - 1)


def test_an_entry_put_in_where_none_was(sealed):
    run(
        "INSERT INTO core_history (id, at, kind, record_id, about_kind, about_id, verb, via, trace)"
        " SELECT -5, '2020-02-02', kind, record_id, about_kind, about_id, verb, via, trace"
        " FROM core_history LIMIT 1"
    )

    assert first() == ("history", "inserted", -5)


def test_two_entries_that_changed_places(sealed):
    one, other = entry_of(sealed[0]), entry_of(sealed[2])
    run("UPDATE core_history SET id = -id WHERE id = ANY(%s)", [one, other])
    run("UPDATE core_history SET id = %s WHERE id = -%s", other, one)
    run("UPDATE core_history SET id = %s WHERE id = -%s", one, other)

    assert first() == ("history", "reordered", one)


def test_history_that_was_emptied(sealed):
    run("TRUNCATE core_history")

    assert first()[:2] == ("history", "removed")


def test_an_altered_event(sealed):
    event = EventRecord.objects.latest("id").pk
    run("UPDATE core_event SET name = 'customers.CustomersBlocked' WHERE id = %s", event)

    assert first() == ("event", "altered", event)


def test_a_removed_event(sealed):
    event = EventRecord.objects.order_by("id")[1].pk
    run("DELETE FROM core_event WHERE id = %s", event)

    assert first() == ("event", "removed", event)


def test_a_subject_taken_from_an_event(sealed):
    run(
        "DELETE FROM core_event_subject WHERE (event_id, kind) ="
        " (SELECT max(event_id), 'customer' FROM core_event_subject)"
    )

    assert first()[:2] == ("event", "altered")


def test_a_subject_added_to_an_event(sealed):
    run(
        "INSERT INTO core_event_subject SELECT event_id, at, kind, subject_id + 1000000"
        " FROM core_event_subject ORDER BY event_id DESC LIMIT 1"
    )

    assert first()[:2] == ("event", "altered")


def test_a_subject_of_no_event(sealed):
    run("INSERT INTO core_event_subject SELECT -7, at, kind, subject_id FROM core_event_subject LIMIT 1")

    assert first() == ("subject", "inserted", -7)


def test_an_altered_seal(sealed):
    run("UPDATE governance_seal SET count = count + 1 WHERE number = 2")

    assert first() == ("seal", "altered", 2)


def test_a_removed_seal(sealed):
    run("DELETE FROM governance_seal WHERE number = 2")

    assert first() == ("seal", "removed", 2)


def test_an_end_that_was_cut_off_is_found_by_the_head_kept_elsewhere(sealed):
    head = verify().head
    last = Seal.objects.latest("number")
    run("DELETE FROM core_history WHERE id > %s", last.from_id)
    run("DELETE FROM core_event WHERE id > %s", last.from_id)
    run("DELETE FROM governance_seal WHERE number = %s", last.number)

    found = verify(head=head).broken[0]
    assert (found.where, found.what) == ("seal", "truncated")


def test_the_head_of_long_ago_is_still_in_the_chain(sealed):
    assert verify(head=bytes(Seal.objects.get(number=1).hash).hex()).ok


def test_a_business_row_changed_with_triggers_off(sealed):
    run("UPDATE customers_customer SET phone = '1' WHERE id = %s", sealed[1].pk)

    assert first() == ("customer", "altered", sealed[1].pk)
    assert "phone" in verify().broken[0].words


def test_a_column_that_never_changed_before(sealed):
    run("UPDATE customers_customer SET name = 'Other Ltd' WHERE id = %s", sealed[1].pk)

    assert first() == ("customer", "altered", sealed[1].pk)


def test_a_business_row_removed_with_triggers_off(sealed):
    run("DELETE FROM customers_pulse WHERE customer_id = %s", sealed[1].pk)
    run("DELETE FROM customers_customer WHERE id = %s", sealed[1].pk)

    assert first() == ("customer", "removed", sealed[1].pk)


def test_a_business_row_put_in_with_triggers_off(sealed):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_user LIMIT 0")
        columns = ", ".join(
            column.name for column in cursor.description if column.name not in ("id", "email")
        )
    run(
        f"INSERT INTO people_user (id, email, {columns})"
        f" SELECT 990001, 'x@example.com', {columns} FROM people_user LIMIT 1"
    )

    assert first() == ("user", "inserted", 990001)


def test_a_change_from_outside_of_leadline_is_told(sealed, by, cast):
    run("SET LOCAL session_replication_role = origin")
    before = verify().outside
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('leadline.actor', '', true), set_config('leadline.via', '', true)")
        cursor.execute("UPDATE customers_customer SET phone = '2' WHERE id = %s", [sealed[0].pk])
    seal_all(by=by(cast.house), patience=5)

    assert verify().ok
    assert verify().outside == before + 1


def test_what_is_not_sealed_yet_is_no_break(sealed, by, cast):
    edit_customer(sealed[0], phone="+62 811 2000 300", by=by(cast.rosa))

    report = verify()
    assert report.ok
    assert report.unsealed == 2


def test_erased_content_keeps_the_chain(sealed, by, cast):
    entry = entry_of(sealed[0])
    redact(HISTORY, [entry, entry_of(sealed[0], "created")], because="erasure:1", by=by(cast.ada))

    assert HistoryEntry.objects.get(pk=entry).changes["phone"] == [None, None]
    assert verify().ok, verify().broken
    seal_all(by=by(cast.house), patience=5)
    assert verify().ok, verify().broken


def test_content_erased_before_it_was_sealed(sealed, by, cast):
    edit_customer(sealed[0], phone="+62 811 2000 300", city="Medan", by=by(cast.rosa))
    entry = entry_of(sealed[0])
    redact(HISTORY, [entry], because="erasure:1", names=["phone"], by=by(cast.ada))
    seal_all(by=by(cast.house), patience=5)
    redact(HISTORY, [entry], because="erasure:2", by=by(cast.ada))

    assert Redaction.objects.count() == 2
    assert verify().ok, verify().broken


def test_an_emptied_payload_without_an_erasure(sealed):
    entry = entry_of(sealed[0])
    run("UPDATE core_history SET changes = '{\"phone\": [null, null]}' WHERE id = %s", entry)

    assert first() == ("history", "altered", entry)


def test_a_forged_erasure(sealed, by, cast):
    redact(HISTORY, [entry_of(sealed[0])], because="erasure:1", by=by(cast.ada))
    entry = entry_of(sealed[1])
    run("UPDATE core_history SET changes = '{\"phone\": [null, null]}' WHERE id = %s", entry)
    run(
        'INSERT INTO governance_redaction (ledger, entry_id, event_id, digest, "left", key, at)'
        ' SELECT ledger, %s, event_id, digest, "left", key, at FROM governance_redaction',
        entry,
    )

    found = {(b.where, b.what) for b in verify().broken}
    assert found == {("history", "altered"), ("redaction", "altered")}


def test_an_erasure_on_record_no_more(sealed, by, cast):
    entry = entry_of(sealed[0])
    redact(HISTORY, [entry], because="erasure:1", by=by(cast.ada))
    run("DELETE FROM governance_redaction")

    found = {(b.where, b.what) for b in verify().broken}
    assert found == {("history", "altered"), ("redaction", "removed")}


def test_erased_content_that_came_back_altered(sealed, by, cast):
    entry = entry_of(sealed[0])
    redact(HISTORY, [entry], because="erasure:1", by=by(cast.ada))
    run('UPDATE core_history SET changes = \'{"phone": [null, "1"]}\' WHERE id = %s', entry)

    assert first() == ("history", "altered", entry)


def test_the_payload_of_an_event_can_be_erased(sealed, by, cast):
    event = EventRecord.objects.filter(name="customers.CustomersChanged").latest("id")
    redact(EVENTS, [event.pk], because="erasure:1", by=by(cast.ada))

    assert set(EventRecord.objects.get(pk=event.pk).payload.values()) <= {None}
    assert verify().ok, verify().broken


def test_a_month_that_a_rule_removed(sealed, by, cast):
    old = date(2020, 2, 1)
    _an_entry_of(old)
    seal_all(by=by(cast.house), patience=5)
    entries = verify().entries
    seal = remove_month(HISTORY, old, rule="history.keep-5-years", by=by(cast.house))

    assert (seal.rule, seal.count) == ("history.keep-5-years", 1)
    report = verify()
    assert report.ok, report.broken
    assert report.entries == entries - 1 + 1 - 1  # the event of it is not sealed yet


def test_a_removed_month_into_which_something_was_put(sealed, by, cast):
    old = date(2020, 2, 1)
    entry = _an_entry_of(old)
    seal_all(by=by(cast.house), patience=5)
    remove_month(HISTORY, old, rule="history.keep-5-years", by=by(cast.house))
    _an_entry_of(old, entry)

    assert first() == ("history", "inserted", entry)


def _an_entry_of(month, entry=None):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_history (id, at, kind, record_id, about_kind, about_id, verb, via, trace)"
            " VALUES (coalesce(%s, nextval('core_history_id_seq')), %s, 'customer', 1, 'customer', 1,"
            " 'changed', 'web', '') RETURNING id",
            [entry, month],
        )
        return cursor.fetchone()[0]
