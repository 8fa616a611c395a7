"""Business rows are marked in portions; broken off or changed meanwhile, nothing is missed (PPL-7)."""

import pytest

from leadline.core.events.models import EventRecord
from leadline.customers.actions import edit_customer
from leadline.customers.models import Customer
from leadline.governance.actions import begin_marking, end_marking, mark_portion, marking
from leadline.governance.chain.hashing import MARK, current_keys
from leadline.governance.chain.records import BUCKET, marked_rows, records_of
from leadline.governance.models import RecordMarks
from leadline.governance.sealing import seal_all
from leadline.governance.verifying import verify


@pytest.fixture
def customers(make, cast, monkeypatch):
    """Five of them, in portions of two."""
    monkeypatch.setattr(marking, "PORTION", 2)
    return [make.customer(cast.rosa) for _ in range(5)]


def portions(records, by, above=0):
    """How many rows each portion marks."""
    while ids := mark_portion(records, above=above, by=by):
        yield len(ids)
        above = ids[-1]


def kept(records):
    """Id → mark, as it is kept."""
    return {
        row.bucket * BUCKET + at: bytes(mark)
        for row in RecordMarks.objects.filter(kind=records.kind)
        for at in range(BUCKET)
        if any(mark := row.marks[at * MARK : (at + 1) * MARK])
    }


def test_each_portion_marks_the_next_rows_until_all_have_theirs(customers, cast, by):
    records, house = records_of("customer"), by(cast.house)

    begin_marking(records, by=house)
    marked = list(portions(records, house))
    end_marking(records, rows=sum(marked), by=house)

    assert marked == [2, 2, 1]
    assert kept(records) == dict(marked_rows(records, current_keys()))
    told = EventRecord.objects.filter(name="governance.RecordsMarked").latest("id")
    assert (told.payload["kind_marked"], told.payload["rows"]) == ("customer", 5)


def test_broken_off_it_begins_anew_and_ends_with_all(customers, cast, by):
    records, house = records_of("customer"), by(cast.house)
    begin_marking(records, by=house)
    next(portions(records, house))
    assert len(kept(records)) == 2

    seal_all(by=house, patience=5)

    assert len(kept(records)) == 5
    assert verify().ok


def test_a_row_changed_between_two_portions_is_marked_again_by_its_seal(customers, cast, by):
    records, house = records_of("customer"), by(cast.house)
    begin_marking(records, by=house)
    marking_on = portions(records, house)
    next(marking_on)
    edit_customer(customers[0], city="Bandung", by=by(cast.rosa))
    end_marking(records, rows=2 + sum(marking_on), by=house)

    seal_all(by=house, patience=5)

    assert verify().ok
    Customer.objects.filter(pk=customers[1].pk).delete()
    seal_all(by=house, patience=5)
    assert set(kept(records)) == {each.pk for each in customers if each != customers[1]}
