"""One press is one activity, the next callback and the next stage (LEA-5); the queue (SIG-1)."""

from datetime import UTC, datetime, timedelta

import pytest

from leadline.core import clock
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.leads import actions
from leadline.leads.models import Lead, Pulse, Reason
from leadline.leads.queries.queue import next_lead_for, queue_of
from leadline.timeline.models import Activity

MORNING = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)  # 10:00 in Jakarta, 04:00 in Berlin


@pytest.fixture(autouse=True)
def morning():
    with clock.at(MORNING):
        yield


def starred(make, owner, **fields):
    lead = make.lead(owner, **{"time_zone": "Asia/Jakarta", **fields})
    return actions.star_lead(lead, until=MORNING + timedelta(hours=12), by=make.by)


def test_no_answer_sets_follow_up_and_the_next_good_hour_there(cast, make, by):
    lead = make.lead(cast.rosa, time_zone="Asia/Jakarta")

    lead = actions.work_lead(lead, outcome="no_answer", notes="Rang long", by=by(cast.rosa)).lead

    activity = Activity.objects.get(lead_id=lead.pk)
    assert (activity.kind, activity.outcome, activity.user) == ("call", "no_answer", cast.rosa)
    assert (activity.description, activity.at) == ("Rang long", MORNING)
    assert lead.stage.key == "follow_up"
    assert lead.callback_at == datetime(2026, 3, 4, 5, 0, tzinfo=UTC)
    assert (lead.pulse.attempts, lead.pulse.last_outcome) == (1, "no_answer")
    assert lead.pulse.first_contact_at == MORNING


def test_a_moment_that_was_agreed_counts(cast, make, by):
    agreed = MORNING + timedelta(days=3)

    lead = actions.work_lead(make.lead(cast.rosa), outcome="busy", callback_at=agreed, by=by(cast.rosa)).lead

    assert lead.callback_at == agreed


def test_connected_takes_the_callback_away(cast, make, by):
    lead = actions.work_lead(make.lead(cast.rosa), outcome="no_answer", by=by(cast.rosa)).lead

    lead = actions.work_lead(lead, outcome="connected", by=by(cast.rosa)).lead

    assert (lead.stage.key, lead.callback_at, lead.pulse.attempts) == ("contacting", None, 2)


def test_connected_and_qualified_stays_qualified(cast, make, by):
    lead = actions.work_lead(make.lead(cast.rosa), outcome="connected", qualified=True, by=by(cast.rosa)).lead
    assert lead.stage.key == "qualified"

    assert actions.work_lead(lead, outcome="voicemail", by=by(cast.rosa)).lead.stage.key == "qualified"


def test_a_wrong_number_is_marked_until_there_is_another(cast, make, by):
    lead = starred(make, cast.rosa, phone="+6281234567890")

    lead = actions.work_lead(lead, outcome="wrong_number", by=by(cast.rosa)).lead
    assert (lead.bad_number, lead.callback_at) == (True, None)
    assert next_lead_for(cast.rosa) is None

    lead = actions.edit_lead(lead, phone="+6281234567899", by=by(cast.rosa))
    assert not lead.bad_number


@pytest.mark.parametrize(
    "answers",
    [
        {"outcome": "positive"},
        {"outcome": "busy", "callback_at": MORNING - timedelta(hours=1)},
        {"outcome": "busy", "callback_at": MORNING + timedelta(days=500)},
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_logged(cast, make, by, answers):
    lead = make.lead(cast.rosa)

    with pytest.raises(RuleBroken):
        actions.work_lead(lead, **answers, by=by(cast.rosa))

    assert not Activity.objects.filter(lead_id=lead.pk).exists()


def test_closed_leads_and_those_of_others_are_not_worked(cast, make, by):
    lead = make.lead(cast.otto)
    with pytest.raises(NotAllowed):
        actions.work_lead(lead, outcome="busy", by=by(cast.rosa))

    closed = actions.disqualify_lead(lead, reason=Reason.objects.first(), by=by(cast.otto))
    with pytest.raises(RuleBroken):
        actions.work_lead(closed, outcome="busy", by=by(cast.otto))


def test_the_queue_asks_who_may_be_called_now_then_callbacks_then_who_waits_longest(cast, make, by):
    asleep = starred(make, cast.rosa, time_zone="Europe/Berlin")
    spoken = starred(make, cast.rosa)
    fresh = starred(make, cast.rosa)
    due = make.lead(cast.rosa, time_zone="Asia/Jakarta")
    Lead.objects.filter(pk=due.pk).update(callback_at=MORNING - timedelta(minutes=5))
    Pulse.objects.filter(lead=due).update(callback_at=MORNING - timedelta(minutes=5))
    Pulse.objects.filter(lead=spoken).update(last_contact_at=MORNING - timedelta(days=1))
    make.lead(cast.rosa)  # neither starred nor due
    starred(make, cast.otto)  # somebody else's

    order, skipped = [], []
    while key := next_lead_for(cast.rosa, without=skipped):
        order.append(key)
        skipped.append(key)

    assert order == [due.pk, fresh.pk, spoken.pk, asleep.pk]
    queue = queue_of(cast.rosa)
    assert (queue.waiting, queue.callable_now, queue.callbacks) == (4, 3, 1)


def test_what_was_put_on_top_comes_first_with_its_reason_until_somebody_speaks_to_it(cast, make, by):
    """PLT-6: neither a star nor a callback is needed; who may not be called now still comes later."""
    due, top = starred(make, cast.rosa), make.lead(cast.rosa, time_zone="Asia/Jakarta")
    asleep = make.lead(cast.rosa, time_zone="Europe/Berlin")
    why = "logged in after 40 days"

    actions.put_on_top({top.pk: why, asleep.pk: why}, by=by(cast.house, via="rule"))

    assert next_lead_for(cast.rosa) == top.pk
    assert queue_of(cast.rosa).waiting == 3
    assert Pulse.objects.get(lead=top).top_because == why
    actions.work_lead(top, outcome="connected", by=by(cast.rosa))
    assert next_lead_for(cast.rosa) == due.pk
    assert Pulse.objects.get(lead=top).top_since is None


def test_a_reason_is_needed_and_a_rep_puts_nothing_on_top(cast, make, by):
    lead = make.lead(cast.rosa)

    with pytest.raises(RuleBroken):
        actions.put_on_top({lead.pk: " "}, by=by(cast.house))
    assert actions.put_on_top({lead.pk: "Because"}, by=by(cast.rosa)).forbidden == {lead.pk}


def test_what_was_worked_leaves_the_queue_until_its_callback_or_a_new_star(cast, make, by):
    lead = starred(make, cast.rosa)

    with clock.at(MORNING + timedelta(minutes=1)):
        lead = actions.work_lead(lead, outcome="no_answer", by=by(cast.rosa)).lead
        assert next_lead_for(cast.rosa) is None
    with clock.at(lead.callback_at):
        assert next_lead_for(cast.rosa) == lead.pk
    with clock.at(MORNING + timedelta(minutes=2)):
        actions.work_lead(lead, outcome="connected", by=by(cast.rosa))
        assert next_lead_for(cast.rosa) is None
        actions.star_lead(lead, until=MORNING + timedelta(hours=9), by=make.by)
        assert next_lead_for(cast.rosa) == lead.pk


def test_closed_and_archived_leads_wait_for_nobody(cast, make, by):
    closed, gone = starred(make, cast.rosa), starred(make, cast.rosa)
    actions.disqualify_lead(closed, reason=Reason.objects.first(), by=by(cast.rosa))
    actions.archive_lead(gone, by=by(cast.rosa))

    assert queue_of(cast.rosa).next_id is None


def test_the_next_lead_takes_three_queries(cast, make, django_assert_max_num_queries):
    starred(make, cast.rosa)
    with django_assert_max_num_queries(3):
        next_lead_for(cast.rosa)
