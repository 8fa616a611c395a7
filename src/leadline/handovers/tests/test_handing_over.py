"""Leavers, absences, changes of owner: everything goes over, can be undone, comes back (PPL-1, SIG-10)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from leadline.core import clock
from leadline.core.changesets import undo_change_set
from leadline.core.lists import Selection
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers import actions as customers
from leadline.customers.models import Customer, Pulse
from leadline.handovers import actions
from leadline.handovers.models import Handover, Sheet, SheetLine
from leadline.handovers.planning import Draft, today
from leadline.handovers.queries import preview_handover
from leadline.handovers.tasks import by_the_day
from leadline.people.models import Token, User
from leadline.people.working.actions import add_skill, give_skills
from leadline.people.working.models import Absence
from leadline.timeline.models import Notification
from tests.at_once import at_once

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def owners() -> dict[str, int]:
    """How many customers each person has, by the first name."""
    names = Customer.objects.values_list("owner__name", flat=True)
    firsts = [(name or "nobody").split()[0].lower() for name in names]
    return {name: firsts.count(name) for name in firsts}


def test_a_leaver_goes_in_one_step(cast, make, by, settle):
    """PPL-1: access ends, customers go over, each new owner has a sheet and is told."""
    token_holder = cast.rosa
    Token.objects.create(user=token_holder, digest="x")
    for _ in range(3):
        make.customer(cast.rosa)
    draft = Draft("leaver", "one", person=cast.rosa, to=cast.otto)

    handover = actions.start_handover(draft, by=by(cast.ada))
    settle()

    rosa = User.objects.get(pk=cast.rosa.pk)
    assert (rosa.is_active, rosa.session_epoch) == (False, 1)
    assert Token.objects.get().revoked_at
    assert owners() == {"otto": 3}
    assert set(Pulse.objects.values_list("owner_id", "team_id")) == {(cast.otto.pk, cast.south.pk)}
    sheet = Sheet.objects.get()
    assert (sheet.owner, sheet.handover, sheet.lines.count()) == (cast.otto, handover, 3)
    told = Notification.objects.get(user=cast.otto)
    assert (told.text, told.address) == (
        "Handed over to you from Rosa Ibarra: read and accept the sheet.",
        f"/handovers/sheets/{sheet.pk}",
    )


def test_a_leaver_can_not_be_let_go_by_a_manager_nor_by_themselves(cast, make, by):
    """PPL-1, PPL-2: who manages people; the last administrator stays."""
    make.customer(cast.rosa)

    with pytest.raises(NotAllowed, match="manages people"):
        actions.start_handover(Draft("leaver", person=cast.rosa, to=cast.mira), by=by(cast.mira))
    with pytest.raises(RuleBroken, match="Nobody lets themselves go"):
        actions.start_handover(Draft("leaver", person=cast.ada, to=cast.otto), by=by(cast.ada))
    assert User.objects.get(pk=cast.rosa.pk).is_active


def test_who_owns_nothing_can_leave_without_an_heir(cast, by, settle):
    """PPL-1: nobody need be chosen for nothing."""
    actions.start_handover(Draft("leaver", person=cast.otto), by=by(cast.ada))
    settle()

    assert not User.objects.get(pk=cast.otto.pk).is_active
    assert not Sheet.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to": None}, "to"),
        ({"person": None}, "person"),
        ({"to": "rosa"}, "to"),
        ({"to": "prue"}, "to"),
        ({"to": "house"}, "to"),
        ({"way": "lottery"}, "way"),
        ({"reason": "boredom"}, "reason"),
        ({"way": "even", "overflow": "otto"}, "team"),
        ({"way": "even", "team": "north"}, "overflow"),
        ({"reason": "absence"}, "ends_on"),
        ({"reason": "absence", "ends_on": date(2020, 1, 1)}, "ends_on"),
        ({"ends_on": date(2099, 1, 1)}, "ends_on"),
    ],
)
def test_a_refusal_names_what_is_missing(cast, make, by, changes, field):
    """ALL-2: never silently unassigned, never to somebody who can't own."""
    make.customer(cast.rosa)
    wanted = {"reason": "change", "way": "one", "person": "rosa", "to": "otto", **changes}
    known = {
        key: getattr(cast, value) if hasattr(cast, str(value)) else value for key, value in wanted.items()
    }

    with pytest.raises(RuleBroken) as refused:
        actions.start_handover(Draft(**known), by=by(cast.ada))

    assert refused.value.field == field
    assert not Handover.objects.exists()


def test_a_manager_hands_over_within_her_teams(cast, make, by, settle):
    """PPL-3: neither from nor to people of others."""
    make.customer(cast.rosa)
    actor = by(cast.mira)

    for draft in (
        Draft("change", person=cast.otto, to=cast.mira),
        Draft("change", person=cast.rosa, to=cast.otto),
    ):
        with pytest.raises(RuleBroken, match="your own teams"):
            actions.start_handover(draft, by=actor)
    with pytest.raises(NotAllowed):
        actions.start_handover(Draft("change", person=cast.rosa, to=cast.rosa), by=by(cast.rosa))
    actions.start_handover(Draft("change", person=cast.rosa, to=cast.mira), by=actor)
    settle()

    assert owners() == {"mira": 1}


def test_a_part_by_condition_spread_evenly(cast, make, by, settle):
    """PPL-1: just what the condition finds, in equal shares; why stands on each line."""
    cast.otto.team = cast.north
    cast.otto.save()
    for n in range(5):
        make.customer(cast.rosa, city="Solo" if n else "Medan")
    solo = Selection("customer", where={"and": [{"field": "city", "op": "equals", "value": "Solo"}]})
    draft = Draft(
        "change", "even", person=cast.rosa, selections={"customer": solo}, team=cast.north, overflow=cast.ada
    )

    actions.start_handover(draft, by=by(cast.ada))
    settle()

    assert owners() == {"rosa": 1, "mira": 2, "otto": 2}
    assert set(SheetLine.objects.values_list("why", "from_id")) == {("even", cast.rosa.pk)}


def test_who_is_away_or_full_gets_nothing(cast, make, by, settle):
    """SIG-5: absence and capacity count; the rest goes to the overflow owner, with that reason."""
    for person in (cast.otto, cast.lena):
        person.team = cast.north
        person.save()
    cast.lena.roles.set(cast.otto.roles.all())
    User.objects.filter(pk=cast.otto.pk).update(capacity=1)
    User.objects.filter(pk=cast.mira.pk).update(capacity=0)
    Absence.objects.create(user=cast.lena, begins_on=today(), ends_on=today() + timedelta(days=3))
    for _ in range(3):
        make.customer(cast.rosa)
    draft = Draft("change", "load", person=cast.rosa, team=cast.north, overflow=cast.ada)

    actions.start_handover(draft, by=by(cast.ada))
    settle()

    assert owners() == {"otto": 1, "ada": 2}
    assert sorted(SheetLine.objects.values_list("why", flat=True)) == ["load", "overflow", "overflow"]


def test_by_skills_for_language_and_industry(cast, make, by, settle):
    """SIG-10: by what a language is called here, in itself, or in Indonesian."""
    cast.otto.team = cast.north
    cast.otto.save()
    for person, names in ((cast.otto, ("Bahasa Indonesia",)), (cast.mira, ("Fishing", "German"))):
        skills = {add_skill(name=name, kind="skill", by=by(cast.ada)).pk: 2 for name in names}
        give_skills(person, levels=skills, by=by(cast.ada))
    speaks = make.customer(cast.rosa, language="id", industry="Mining")
    fishes = make.customer(cast.rosa, language="de", industry="fishing")
    other = make.customer(cast.rosa, language="fr")
    wanted = {"way": "skills", "team": cast.north, "overflow": cast.ada}

    actions.start_handover(Draft("change", person=cast.rosa, **wanted), by=by(cast.ada))
    settle()

    owned = dict(Customer.objects.values_list("pk", "owner"))
    assert owned == {speaks.pk: cast.otto.pk, fishes.pk: cast.mira.pk, other.pk: cast.ada.pk}


def test_the_preview_says_that_archived_customers_stay(cast, make, by):
    make.customer(cast.rosa)
    customers.archive_customer(make.customer(cast.rosa), by=by(cast.ada))

    foreseen = preview_handover(Draft("leaver", person=cast.rosa, to=cast.otto), by=by(cast.ada))

    assert (foreseen.total, len(foreseen.stay)) == (1, 1)
    assert "1 archived customer stays with Rosa Ibarra" in foreseen.stay[0]


def test_a_part_by_words_searched(cast, make, by, settle):
    """PPL-1: a search narrows what goes over, as a condition does."""
    make.customer(cast.rosa, name="Kopi Nusantara")
    make.customer(cast.rosa, name="Teh Puncak")
    found = Selection("customer", q="nusantara")
    draft = Draft("change", person=cast.rosa, selections={"customer": found}, to=cast.otto)

    actions.start_handover(draft, by=by(cast.ada))
    settle()

    assert list(Customer.objects.filter(owner=cast.otto).values_list("name", flat=True)) == ["Kopi Nusantara"]


def test_an_absence_begins_though_its_planner_has_left(cast, make, by, settle):
    """PPL-1: what was allowed when it was planned happens."""
    make.customer(cast.rosa)
    days = {"starts_on": date(2026, 3, 3), "ends_on": date(2026, 3, 10)}
    with clock.at(NOON):
        actions.start_handover(Draft("absence", person=cast.rosa, to=cast.otto, **days), by=by(cast.ada))
        User.objects.filter(pk=cast.ada.pk).update(is_active=False)
    with clock.at(NOON + timedelta(days=1)):
        by_the_day(0)
        settle()

    assert owners() == {"otto": 1}


def test_what_cannot_move_stays_and_is_told(cast, make, by, settle):
    """ALL-8: archived while it ran; counts and reasons are in the job."""
    kept, gone = make.customer(cast.rosa), make.customer(cast.rosa)
    customers.archive_customer(gone, by=by(cast.ada))
    chosen = Selection.of_ids("customer", [kept.pk, gone.pk])
    draft = Draft("change", selections={"customer": chosen}, to=cast.otto)

    handover = actions.start_handover(draft, by=by(cast.ada))
    settle()

    handover.job.refresh_from_db()
    assert handover.job.counts == {"changed": 1, "unchanged": 0, "refused": 1}
    assert handover.job.result_file == "refused.csv"
    assert owners() == {"otto": 1, "rosa": 1}


def test_undone_in_thirty_days_but_for_what_changed_since(cast, make, by, settle):
    """SIG-3: one change set; what was reassigned since stays, and the sheet no longer waits."""
    back, moved = make.customer(cast.rosa), make.customer(cast.rosa)
    handover = actions.start_handover(Draft("change", person=cast.rosa, to=cast.otto), by=by(cast.ada))
    settle()
    customers.assign_customer(moved, owner=cast.mira, by=by(cast.ada))

    undo_change_set(Handover.objects.get(pk=handover.pk).change_set, by=by(cast.ada))
    settle()

    assert Customer.objects.get(pk=back.pk).owner == cast.rosa
    assert Pulse.objects.get(pk=back.pk).owner_id == cast.rosa.pk
    assert Customer.objects.get(pk=moved.pk).owner == cast.mira
    assert not Sheet.objects.waiting().exists()


def test_an_absence_begins_and_comes_back(cast, make, by, settle):
    """PPL-1: on its first day it goes to the deputy, the day after the last it comes back, once."""
    back, given = make.customer(cast.rosa), make.customer(cast.rosa)
    days = {"starts_on": date(2026, 3, 3), "ends_on": date(2026, 3, 10)}
    with clock.at(NOON):
        actions.start_handover(Draft("absence", person=cast.rosa, to=cast.otto, **days), by=by(cast.ada))
        settle()
        assert owners() == {"rosa": 2}
    with clock.at(NOON + timedelta(days=1)):
        by_the_day(0)
        settle()
        assert owners() == {"otto": 2}
    customers.assign_customer(given, owner=cast.mira, by=by(cast.ada))
    customers.edit_customer(back, city="Solo", by=by(cast.otto))
    with clock.at(NOON + timedelta(days=8)):
        by_the_day(0)
        settle()
        assert owners() == {"otto": 1, "mira": 1}
    with clock.at(NOON + timedelta(days=9)):
        by_the_day(0)
        by_the_day(0)
        settle()

    assert owners() == {"rosa": 1, "mira": 1}
    assert Customer.objects.get(pk=back.pk).city == "Solo"
    assert Handover.objects.get().state == "returned"


def test_a_planned_one_can_be_called_off(cast, make, by, settle):
    """PPL-1: by who planned it; then its day passes."""
    make.customer(cast.rosa)
    days = {"starts_on": date(2026, 3, 3), "ends_on": date(2026, 3, 10)}
    with clock.at(NOON):
        draft = Draft("absence", person=cast.rosa, to=cast.mira, **days)
        handover = actions.start_handover(draft, by=by(cast.mira))
        with pytest.raises(NotAllowed):
            actions.call_off_handover(handover, by=by(cast.lena))
        actions.call_off_handover(handover, by=by(cast.mira))
    with clock.at(NOON + timedelta(days=3)):
        by_the_day(0)
        settle()

    assert owners() == {"rosa": 1}


def test_the_sheet_is_accepted_once_by_its_owner(cast, make, by, settle):
    """SIG-10: with remarks; whoever handed over is told; reminded until then, every third day."""
    make.customer(cast.rosa)
    actions.start_handover(Draft("change", person=cast.rosa, to=cast.otto), by=by(cast.ada))
    settle()
    sheet, line = Sheet.objects.get(), SheetLine.objects.get()
    with clock.at(clock.now() + timedelta(days=4)):
        by_the_day(0)
        by_the_day(0)
    assert (
        Notification.objects.filter(user=cast.otto, text__startswith="A hand-over sheet still").count() == 1
    )

    with pytest.raises(NotAllowed):
        actions.accept_sheet(sheet, by=by(cast.ada))
    with pytest.raises(RuleBroken, match="not on this sheet"):
        actions.accept_sheet(sheet, on_lines={line.pk + 1: "?"}, by=by(cast.otto))
    accepted = actions.accept_sheet(
        sheet, remarks=" Fine ", on_lines={line.pk: "Called them"}, by=by(cast.otto)
    )
    settle()

    line.refresh_from_db()
    assert (accepted.remarks, line.remark) == ("Fine", "Called them")
    told = Notification.objects.filter(text__startswith="Otto Brandt accepted").values_list(
        "user__name", flat=True
    )
    assert sorted(told) == ["Ada Santoso", "Rosa Ibarra"]
    with pytest.raises(RuleBroken, match="accepted already"):
        actions.accept_sheet(sheet, by=by(cast.otto))


def test_the_same_click_twice_is_one_hand_over(cast, make, by, settle):
    """ALL-1: a double click."""
    make.customer(cast.rosa)
    draft = Draft("change", person=cast.rosa, to=cast.otto)

    first, second = (actions.start_handover(draft, once="abc", by=by(cast.ada)) for _ in range(2))

    assert first == second


@pytest.mark.django_db(transaction=True)
def test_two_hand_over_the_same_at_once(cast, make, by, settle):
    """ALL-1: each customer has one owner, stands on one sheet, and each job counts what it moved."""
    for _ in range(20):
        make.customer(cast.rosa)

    from leadline.core.jobs.execution import execute

    one, other = (
        actions.start_handover(Draft("change", person=cast.rosa, to=to), by=by(actor))
        for to, actor in ((cast.mira, cast.mira), (cast.otto, cast.ada))
    )
    at_once(lambda: execute(one.job_id), lambda: execute(other.job_id))

    for handover in (one, other):
        handover.job.refresh_from_db()
    got = owners()
    assert (one.job.state, other.job.state) == ("done", "done")
    assert got.get("mira", 0) + got.get("otto", 0) == 20
    assert (
        got.get("mira", 0)
        == one.job.counts.get("changed", 0)
        == SheetLine.objects.filter(sheet__owner=cast.mira).count()
    )
    assert got.get("otto", 0) == other.job.counts.get("changed", 0)
    assert SheetLine.objects.count() == 20
