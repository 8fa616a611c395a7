"""Counts that are kept agree with the records, whatever happened in between (design 4.8, SIG-6)."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.core import clock
from leadline.core.changesets.actions import undo_change_set
from leadline.core.changesets.models import ChangeSet
from leadline.core.fields import Viewer
from leadline.core.metrics import answer_to, question_of
from leadline.core.metrics.figures import Wanted, answers_to, is_rolled
from leadline.core.metrics.rollups import keeping
from leadline.core.metrics.rollups.declaring import rollup_of
from leadline.core.metrics.rollups.keeping import build, compact, differences, make_ready, standing_of
from leadline.core.metrics.rollups.moving import move
from leadline.core.organisation import Organisation, forget_organisation
from leadline.core.refusals import Refusal
from leadline.customers import actions as customers
from leadline.leads import actions as leads
from leadline.leads.models import Lead
from leadline.timeline.models import Activity

MORNING = datetime(2026, 3, 31, 22, 0, tzinfo=UTC)  # another day, and month, in Jakarta
METRICS = ("calls", "connected_calls", "call_ratio", "emails")
GIVEN = (
    {},
    {"by": "user"},
    {"by": "team"},
    {"by": "day"},
    {"by": "week"},
    {"by": "month"},
    {"period": "2026-02-10..2026-04-20", "by": "user"},
    {"period": "2026-03-31"},
    {"user": "me"},
)
BY_HOUR = ({"by": "hour"}, {"by": "hour", "period": "2026-03-31"})
ACTIVITIES = rollup_of("activity")


@pytest.fixture(autouse=True)
def morning():
    with clock.at(MORNING):
        yield


def question(user, name, given):
    return question_of(name, {"period": "2026-01-01..2026-04-30", **given}, user)


def told(answer):
    return sorted(
        (str(each.key), each.label, each.value, each.count, each.records)
        for each in [*answer.totals, *answer.figures]
    )


def by_the_records(asked, user, monkeypatch):
    with monkeypatch.context() as without:
        without.setattr("leadline.core.metrics.figures.rolled", lambda *_given: None)
        return told(answer_to(asked, Viewer(user=user)))


def agree(cast, monkeypatch):
    """Each figure is what the records say, for everybody; and so is each count."""
    for user in (cast.rosa, cast.mira, cast.otto, cast.lena, cast.ada, cast.house):
        for name in METRICS:
            for given_words in (*GIVEN, *BY_HOUR):
                asked = question(user, name, given_words)
                assert told(answer_to(asked, Viewer(user=user))) == by_the_records(asked, user, monkeypatch)
    assert differences(ACTIVITIES) == 0


class World:
    """A few leads and customers, and what may happen to them."""

    def __init__(self, cast, make, by):
        self.cast, self.by, self.happened = cast, by, set()
        self.people = [cast.rosa, cast.otto, cast.mira]
        self.leads = [make.lead(owner) for owner in (cast.rosa, cast.otto, None)]
        self.customers = [make.customer(owner) for owner in (cast.rosa, cast.otto)]

    def happens(self, what, which, who, days):
        person, by = self.people[who], self.by(self.cast.ada)
        at = MORNING - timedelta(days=days, hours=which)
        with suppress(Refusal):
            getattr(self, what)(which, person, at, by)
            self.happened.add(what)

    def call_lead(self, which, person, at, by):
        outcome = ("connected", "no_answer", "busy")[which]
        leads.log_activity(
            self.leads[which], kind="call", title="Call", outcome=outcome, at=at, by=self.by(person)
        )

    def write_to_customer(self, which, person, at, by):
        customer = self.customers[which % 2]
        customers.log_activity(customer, kind="email", title="Offer", at=at, by=self.by(self.cast.ada))

    def call_customer(self, which, person, at, by):
        customer = self.customers[which % 2]
        customers.log_activity(
            customer, kind="call", title="Call", outcome="positive", at=at, by=self.by(person)
        )

    def letter_of_the_house(self, which, person, at, by):
        leads.log_activity(self.leads[which], kind="email", title="Hi", at=at, by=self.by(self.cast.house))

    def correct(self, which, person, at, by):
        found = (
            Activity.objects.filter(lead_id=self.leads[which].pk, customer_id=None).order_by("-id").first()
        )
        if found is not None:
            given_answers = {"kind": "call", "title": "Late", "outcome": "neutral", "at": at}
            leads.edit_activity(found, self.leads[which], **given_answers, by=by)

    def take_off(self, which, person, at, by):
        found = Activity.objects.filter(lead_id=self.leads[which].pk, archived_at=None).order_by("id").first()
        if found is not None:
            leads.archive_activity(found, self.leads[which], by=by)

    def hand_lead(self, which, person, at, by):
        leads.assign_leads([self.leads[which].pk], owner=person, by=by)

    def hand_customer(self, which, person, at, by):
        customers.assign_customers([self.customers[which % 2].pk], owner=person, by=by)

    def archive_lead(self, which, person, at, by):
        leads.archive_leads([self.leads[which].pk], by=by)

    def convert(self, which, person, at, by):
        leads.convert_lead(Lead.objects.get(pk=self.leads[which].pk), by=by)

    def merge(self, which, person, at, by):
        first, second = self.customers
        customers.merge_customers(first, others=[second.pk], by=by)

    def add_together(self, which, person, at, by):
        compact()

    def counts_follow(self, which, person, at, by):
        move()


DEEDS = [name for name in vars(World) if not name.startswith("_") and name != "happens"]
STEPS = st.tuples(st.sampled_from(DEEDS), st.integers(0, 2), st.integers(0, 2), st.integers(0, 60))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=8, max_size=30))
def test_counts_are_what_the_records_say_whatever_happened(cast, make, by, monkeypatch, steps):
    world = World(cast, make, by)

    for step in steps:
        world.happens(*step)

    agree(cast, monkeypatch)


def test_each_thing_that_can_happen(cast, make, by, monkeypatch):
    """All of it once, in an order in which each has something to do."""
    world = World(cast, make, by)
    for deed in ("call_lead", "letter_of_the_house", "call_customer", "write_to_customer"):
        for which in (0, 1, 2):
            world.happens(deed, which, which, which * 20)
    for deed in (
        "correct",
        "hand_lead",
        "hand_customer",
        "take_off",
        "convert",
        "archive_lead",
        "merge",
        "counts_follow",
    ):
        world.happens(deed, 1 if deed == "archive_lead" else 0, 1, 33)
        agree(cast, monkeypatch)
    world.happens("add_together", 0, 0, 0)
    agree(cast, monkeypatch)
    assert world.happened == set(DEEDS)


def test_it_is_the_counts_that_answer(cast, make, by):
    World(cast, make, by).happens("call_lead", 0, 0, 1)

    for user in (cast.rosa, cast.mira, cast.lena):
        for given_words in GIVEN:
            assert is_rolled(question(user, "calls", given_words), Viewer(user=user)), given_words
    for given_words in BY_HOUR:
        assert is_rolled(question(cast.ada, "calls", given_words), Viewer(user=cast.ada))
    for given_words in (*BY_HOUR, {"by": "outcome"}):
        assert not is_rolled(question(cast.rosa, "calls", given_words), Viewer(user=cast.rosa))


def test_asked_together_they_answer_what_each_answers_alone(cast, make, by, django_assert_max_num_queries):
    world = World(cast, make, by)
    for nth in range(6):
        world.happens("call_lead", nth % 2, nth % 3, nth)
    names = ("calls", "connected_calls", "call_ratio", "deposits", "leads_touched")
    for user in (cast.ada, cast.rosa):
        for given_words in (*GIVEN, *BY_HOUR):
            viewer = Viewer(user=user)
            wanted = [Wanted(question(user, name, given_words)) for name in names]
            for answer in answers_to(wanted, viewer):
                alone = answer_to(answer.question, viewer)
                assert (answer.totals, answer.figures) == (alone.totals, alone.figures)
    counted = [Wanted(question(cast.ada, name, {"by": "user"})) for name in names[:3]]
    with django_assert_max_num_queries(1):
        list(answers_to(counted, Viewer(user=cast.ada)))


def test_an_undone_conversion_brings_the_counts_back(cast, make, by, settle, monkeypatch):
    world = World(cast, make, by)
    world.happens("call_lead", 0, 0, 1)
    world.happens("convert", 0, 0, 0)

    undo_change_set(ChangeSet.objects.latest("pk"), by=by(cast.ada))
    settle()

    agree(cast, monkeypatch)


def test_days_of_another_zone_are_counted_anew(cast, make, by, monkeypatch):
    World(cast, make, by).happens("call_lead", 0, 0, 0)
    Organisation.objects.update(time_zone="Asia/Jakarta")
    forget_organisation()
    agree(cast, monkeypatch)  # the records answer meanwhile

    build(ACTIVITIES)

    agree(cast, monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("SELECT begins_on FROM core_figure_whole WHERE series = 'calls' AND grain = 'd'")
        assert {str(day) for (day,) in cursor.fetchall()} == {"2026-04-01"}


def test_counting_anew_goes_back_in_portions_and_on_where_it_was_stopped(cast, make, by, monkeypatch):
    world = World(cast, make, by)
    for which in (0, 1, 2):
        world.happens("call_lead", which, which, which * 30)
    before = standing_of("activity")
    with monkeypatch.context() as stopped:
        stopped.setattr(keeping, "_reach_back", lambda rollup: None)
        build(ACTIVITIES)
    assert standing_of("activity").begins > before.begins
    agree(cast, monkeypatch)  # the records answer for what is not counted yet

    make_ready()

    assert standing_of("activity").begins == date(2025, 9, 12)  # 200 days
    agree(cast, monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n) FROM core_figure_whole WHERE series = 'calls' AND grain = 'a'")
        assert cursor.fetchone() == (Activity.objects.filter(kind="call").count(),)


def test_counts_that_missed_something_without_their_triggers_are_made_anew(cast, make, by, monkeypatch):
    world = World(cast, make, by)
    with connection.cursor() as cursor:  # an older release knows no such trigger
        cursor.execute("DROP FUNCTION leadline_figures_timeline_activity_created() CASCADE")
    world.happens("call_lead", 0, 0, 1)

    make_ready()

    agree(cast, monkeypatch)


def test_a_wrong_count_is_found(cast, make, by):
    World(cast, make, by).happens("call_lead", 0, 0, 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_figure_whole SET n = n + 1 WHERE grain = 'd' AND series = 'calls'")

    assert differences(ACTIVITIES) == 2  # what is kept, and what should be
