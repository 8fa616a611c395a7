"""Logging activities and writing notes on customers (TIM-2, CUS-12)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from leadline.core.clock import now
from leadline.core.history import history_of
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken
from leadline.customers import actions
from leadline.customers.models import Pulse
from leadline.timeline.actions import ActivityDraft
from leadline.timeline.models import Activity, Note

MEGABYTE = "x" * 1_000_000


def test_a_call_is_logged_and_moves_the_last_interaction(cast, make, by):
    """TIM-2: kind, title, outcome, duration, contact, follow-up; the last interaction never goes back."""
    customer = make.customer(cast.rosa)
    ann = make.contact(customer)
    moment = now() - timedelta(hours=2)

    call = actions.log_activity(
        customer,
        kind="call",
        title=" Offer ",
        at=moment,
        outcome="connected",
        duration=12,
        contact_id=ann.pk,
        follow_up_on=date(2027, 1, 2),
        by=by(cast.rosa),
    )
    actions.log_activity(
        customer, kind="email", title="Older", at=moment - timedelta(days=9), by=by(cast.rosa)
    )

    assert (call.title, call.duration, call.contact_id, call.user) == ("Offer", 12, ann.pk, cast.rosa)
    assert Pulse.objects.get(customer=customer).last_interaction_at == moment


@pytest.mark.parametrize(("kind", "days"), [("task", 0), ("other", 0), ("call", -3)])
def test_what_was_not_with_the_customer_is_no_interaction(cast, make, kind, days):
    """TIM-2: nor what is still to come."""
    customer = make.customer(cast.rosa)
    make.activity(customer, kind=kind, days_ago=days)

    assert Pulse.objects.get(customer=customer).last_interaction_at is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "séance"),
        ("kind", ""),
        ("kind", None),
        ("kind", ["call"]),
        ("title", ""),
        ("title", "  "),
        ("title", None),
        ("title", "T\x00"),
        ("title", "t" * 201),
        ("title", MEGABYTE),
        ("title", "\ud800"),
        ("description", MEGABYTE),
        ("description", "d\x00"),
        ("outcome", "splendid"),
        ("outcome", "busy\x00"),
        ("duration", -1),
        ("duration", 10_081),
        ("duration", 2**40),
        ("duration", "long"),
        ("at", datetime(1989, 1, 1, tzinfo=UTC)),
        ("at", datetime(9998, 1, 1, tzinfo=UTC)),
        ("at", "yesterday"),
        ("follow_up_on", "some day"),
        ("follow_up_on", date(9999, 1, 1)),
        ("contact_id", 2**62),
        ("contact_id", -5),
    ],
)
def test_hostile_answers_are_refused_in_words(cast, make, by, field, value):
    """ALL-2: beside the field, never an error of the database."""
    customer = make.customer(cast.rosa)

    with pytest.raises(RuleBroken) as refused:
        actions.log_activity(customer, **{"kind": "call", "title": "T", field: value}, by=by(cast.rosa))

    assert refused.value.field == field
    assert not Activity.objects.filter(customer_id=customer.pk).exists()


def test_null_outcome_and_description_are_empty(cast, make, by):
    """TIM-2: a choice field set to null."""
    logged = actions.log_activity(
        make.customer(cast.rosa), kind="call", title="T", outcome=None, description=None, by=by(cast.rosa)
    )

    assert (logged.outcome, logged.description) == ("", "")


def test_contacts_of_others_are_not_named(cast, make, by):
    """ALL-3: neither when logging nor when correcting."""
    customer, stranger = make.customer(cast.rosa), make.contact(make.customer(cast.otto))
    call = make.activity(customer)

    for verb in (
        lambda **answers: actions.log_activity(customer, **answers, by=by(cast.rosa)),
        lambda **answers: actions.edit_activity(call, customer, **answers, by=by(cast.rosa)),
    ):
        with pytest.raises(RuleBroken, match="contact of this customer"):
            verb(kind="call", title="T", contact_id=stranger.pk)


@pytest.mark.parametrize("who", ["otto", "aud", "prue"])
def test_who_may_not_log(cast, make, by, who):
    """PPL-4: neither activities nor notes."""
    customer, actor = make.customer(cast.rosa), by(getattr(cast, who))

    with pytest.raises(NotAllowed):
        actions.log_activity(customer, kind="call", title="T", by=actor)
    with pytest.raises(NotAllowed):
        actions.write_note(customer, body="Hello", by=actor)
    _logged, refused = actions.log_activities([ActivityDraft(customer.pk, "call", "T")], by=actor)
    assert list(refused) == [customer.pk]
    assert not Activity.objects.exists()


def test_support_logs_and_corrects_only_the_own(cast, make, by):
    """PPL-2: its author, or whoever may edit the customer."""
    customer = make.customer(cast.rosa)
    hers = make.activity(customer, author=cast.rosa)
    his = make.activity(customer, author=cast.sam)

    with pytest.raises(NotAllowed, match="author"):
        actions.edit_activity(hers, customer, kind="call", title="Mine", by=by(cast.sam))
    actions.edit_activity(his, customer, kind="call", title="Corrected", by=by(cast.sam))
    actions.edit_activity(his, customer, kind="call", title="By the owner", by=by(cast.rosa))
    actions.archive_activity(his, customer, by=by(cast.rosa))

    assert not Activity.objects.current().filter(title="By the owner").exists()


def test_an_entry_is_not_reached_through_another_customer(cast, make, by):
    """ALL-3: being allowed on one customer says nothing about the entries of others."""
    hers, his = make.customer(cast.rosa), make.customer(cast.otto)
    call, note = make.activity(his), make.note(his)

    for verb in (
        lambda: actions.edit_activity(call, hers, kind="call", title="T", by=by(cast.rosa)),
        lambda: actions.archive_activity(call, hers, by=by(cast.rosa)),
        lambda: actions.edit_note(note, hers, body="Mine", by=by(cast.rosa)),
        lambda: actions.pin_note(note, hers, by=by(cast.rosa)),
        lambda: actions.archive_note(note, hers, by=by(cast.rosa)),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_correcting_the_time_moves_it_to_another_month(cast, make, by):
    """TIM-1: the table is partitioned by month; who corrects an outdated copy still hits the one row."""
    customer = make.customer(cast.rosa)
    call = make.activity(customer)
    long_ago = now() - timedelta(days=70)

    actions.edit_activity(call, customer, kind="call", title="Earlier", at=long_ago, by=by(cast.rosa))
    again = actions.edit_activity(call, customer, kind="call", title="Again", at=long_ago, by=by(cast.rosa))

    assert (again.pk, again.at, again.title) == (call.pk, long_ago, "Again")
    assert Activity.objects.filter(pk=call.pk).count() == 1


def test_the_second_of_two_corrections_is_told(cast, make, by):
    """ALL-1: for activities and notes as for customers."""
    customer = make.customer(cast.rosa)
    call, note = make.activity(customer), make.note(customer)
    actions.edit_activity(call, customer, version=1, kind="call", title="A", at=call.at, by=by(cast.mira))
    actions.edit_note(note, customer, body="A", version=1, by=by(cast.mira))

    with pytest.raises(EditConflict) as told:
        actions.edit_activity(call, customer, version=1, kind="call", title="B", by=by(cast.rosa))
    with pytest.raises(EditConflict) as told_too:
        actions.edit_note(note, customer, body="B", version=1, by=by(cast.rosa))

    assert ("title", "A") in [(change.field, change.theirs) for change in told.value.changes]
    assert [change.theirs for change in told_too.value.changes] == ["A"]


@pytest.mark.parametrize("body", ["", "  \n", "n\x00", "n" * 50_001, MEGABYTE, "\ud800"])
def test_a_note_says_something_and_not_too_much(cast, make, by, body):
    """CUS-12: refused beside the field, when written and when edited."""
    customer = make.customer(cast.rosa)
    note = make.note(customer)

    for verb in (
        lambda: actions.write_note(customer, body=body, by=by(cast.rosa)),
        lambda: actions.edit_note(note, customer, body=body, by=by(cast.rosa)),
    ):
        with pytest.raises(RuleBroken) as refused:
            verb()
        assert refused.value.field == "body"
    assert Note.objects.get().body == note.body


def test_a_note_keeps_what_it_said(cast, make, by):
    """CUS-12: pinned, edited, archived, restored; the history keeps each."""
    customer = make.customer(cast.rosa)
    note = make.note(customer, "First")
    actions.edit_note(note, customer, body="Second", by=by(cast.rosa))
    pinned = actions.pin_note(note, customer, by=by(cast.rosa))
    actions.archive_note(note, customer, by=by(cast.rosa))
    restored = actions.restore_note(note, customer, by=by(cast.rosa))

    changes = [
        c for entry in history_of("note", note.pk).entries for c in entry.changes if c.column == "body"
    ]
    assert [(change.old, change.new) for change in changes] == [("First", "Second")]
    assert (pinned.pinned_at is not None, restored.archived_at, restored.is_edited) == (True, None, True)


def test_nothing_is_logged_on_the_archived(cast, make, by):
    """PPL-5: restore it first."""
    customer = make.customer(cast.rosa)
    note = make.note(customer)
    archived = actions.archive_customer(customer, by=by(cast.rosa))

    for verb in (
        lambda: actions.log_activity(archived, kind="call", title="T", by=by(cast.rosa)),
        lambda: actions.write_note(archived, body="T", by=by(cast.rosa)),
        lambda: actions.edit_note(note, archived, body="T", by=by(cast.rosa)),
        lambda: actions.pin_note(note, archived, by=by(cast.rosa)),
    ):
        with pytest.raises(NotAllowed):
            verb()
