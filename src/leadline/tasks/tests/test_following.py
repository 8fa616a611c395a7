"""Tasks go along with what they are about: on hand-overs and on merges (PPL-1, CUS-23)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from leadline.core import clock
from leadline.core.changesets import ChangeSet, undo_change_set
from leadline.core.events import Subject
from leadline.customers import actions as customers
from leadline.handovers.actions import start_handover
from leadline.handovers.models import Handover
from leadline.handovers.planning import Draft
from leadline.handovers.tasks import by_the_day
from leadline.tasks import actions
from leadline.tasks.models import Task

DUE = datetime(2099, 3, 2, 14, tzinfo=UTC)


@pytest.fixture
def customer(cast, make, by):
    """A customer of Rosa's with an open task, one that is done, one of Mira's; one task is about nothing."""
    customer = make.customer(cast.rosa)
    about = Subject("customer", customer.pk)
    for title, who in (("Rosas", cast.rosa), ("Done", cast.rosa), ("Miras", cast.mira)):
        actions.add_task(title=title, about=about, due_at=DUE, by=by(who))
    actions.finish_task(Task.objects.get(title="Done"), by=by(cast.rosa))
    actions.add_task(title="About nothing", by=by(cast.rosa))
    return customer


def owners():
    """Title → the first name of who has it."""
    rows = Task.objects.values_list("title", "owner__name")
    return {title: name.split()[0].lower() for title, name in rows}


BEFORE = {"Rosas": "rosa", "Done": "rosa", "Miras": "mira", "About nothing": "rosa"}


def test_open_tasks_go_along_and_come_back_when_it_is_undone(cast, by, settle, customer):
    """PPL-1, SIG-3: those of the former owner about what went over; not what is done, or of others."""
    handover = start_handover(Draft("change", person=cast.rosa, to=cast.otto), by=by(cast.ada))
    settle()

    assert owners() == {**BEFORE, "Rosas": "otto"}
    undo_change_set(Handover.objects.get(pk=handover.pk).change_set, by=by(cast.ada))
    settle()
    assert owners() == BEFORE


def test_all_open_ones_of_a_leaver_find_somebody(cast, by, settle, customer):
    """PPL-1: also those about nothing; what is done stays with who did it."""
    start_handover(Draft("leaver", "one", person=cast.rosa, to=cast.otto), by=by(cast.ada))
    settle()

    assert owners() == {**BEFORE, "Rosas": "otto", "About nothing": "otto"}


def test_they_come_back_after_an_absence(cast, by, settle, customer):
    """PPL-1: with what was added meanwhile."""
    start = datetime(2026, 3, 2, 12, tzinfo=UTC)
    days = {"starts_on": date(2026, 3, 3), "ends_on": date(2026, 3, 10)}
    with clock.at(start):
        start_handover(Draft("absence", person=cast.rosa, to=cast.otto, **days), by=by(cast.ada))
        settle()
    with clock.at(start + timedelta(days=1)):
        by_the_day(0)
        settle()
    assert owners() == {**BEFORE, "Rosas": "otto"}
    about = Subject("customer", customer.pk)
    actions.add_task(title="New", about=about, due_at=DUE, by=by(cast.otto))
    with clock.at(start + timedelta(days=9)):
        by_the_day(0)
        settle()

    assert owners() == {**BEFORE, "New": "rosa"}


def test_they_stand_on_the_sheet(cast, by, as_, settle, customer):
    """SIG-10: the new owner reads what is to be done."""
    start_handover(Draft("change", person=cast.rosa, to=cast.otto), by=by(cast.ada))
    settle()

    sheet = Handover.objects.get().sheets.get()
    page = as_(cast.otto).get(f"/handovers/sheets/{sheet.pk}").content.decode()

    assert "Rosas" in page
    assert "About nothing" not in page


def test_they_move_when_customers_become_one_and_back(cast, make, by, settle, customer):
    """CUS-23."""
    survivor = make.customer(cast.rosa)

    merged = customers.start_merge("customer", survivor, others=[customer.pk], by=by(cast.mira))
    settle()
    assert set(Task.objects.about("customer", survivor.pk).values_list("title", flat=True)) == {
        "Rosas",
        "Done",
        "Miras",
    }

    undo_change_set(ChangeSet.objects.get(pk=merged.change_set), by=by(cast.mira))
    settle()
    assert Task.objects.about("customer", customer.pk).count() == 3
