"""Figures of leads and their timelines, and the records behind them (LEA-11, LEA-13, SIG-6)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from leadline.core import clock
from leadline.core.fields import Viewer
from leadline.core.lists.asking import asking_of
from leadline.core.lists.counts import count_of
from leadline.core.lists.door import door_of
from leadline.core.lists.page import finding_of
from leadline.core.metrics import answer_to, metrics_for, question_of
from leadline.core.organisation import Organisation, forget_organisation
from leadline.core.refusals import RuleBroken
from leadline.leads import actions
from leadline.leads.actions.keeping import keep_record
from leadline.leads.models import Callback, Lead, Reason, Stage, Stay

MORNING = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)  # 10:00 in Jakarta


@pytest.fixture(autouse=True)
def morning():
    with clock.at(MORNING):
        yield


def asked(viewer, name, **given):
    question = question_of(name, {"period": "2026-03-01..2026-03-31", **given}, viewer)
    return answer_to(question, Viewer(user=viewer))


def behind(figure, kind, user):
    """How many records the list behind a figure shows to somebody."""
    query = {name: words[0] for name, words in parse_qs(urlsplit(figure.records).query).items()}
    door = door_of(kind)
    asking = asking_of(query, door.about, user=user).require()
    return count_of(
        finding_of(asking, scope=door.scope(user), context=door.context(user), search=None), exactly=True
    ).value


def worked(lead, outcome, user, by, *, after=timedelta(), **more):
    with clock.at(MORNING + after):
        return actions.work_lead(lead, outcome=outcome, by=by(user), **more).lead


def test_calls_of_a_seller_of_a_team_and_of_all(cast, make, by):
    worked(make.lead(cast.rosa), "no_answer", cast.rosa, by)
    worked(make.lead(cast.rosa), "connected", cast.rosa, by)
    worked(make.lead(cast.otto), "busy", cast.otto, by)

    assert asked(cast.rosa, "calls").total.value == 2
    assert asked(cast.mira, "calls").total.value == 2
    assert asked(cast.lena, "calls").total.value == 3
    assert asked(cast.lena, "call_ratio").total.value == pytest.approx(1 / 3)
    assert asked(cast.lena, "connected_calls", user=str(cast.otto.pk)).total.value == 0
    by_user = {figure.label: figure.value for figure in asked(cast.lena, "calls", by="user").figures}
    assert by_user == {"Rosa Ibarra": 2, "Otto Brandt": 1}
    by_team = {figure.label: figure.value for figure in asked(cast.lena, "calls", by="team").figures}
    assert by_team == {"North": 2, "South": 1}


def test_letters_of_the_house_touch_nobody(cast, make, by):
    lead, other = make.lead(cast.rosa), make.lead(cast.rosa)
    actions.log_activity(lead, kind="email", title="Welcome", by=by(cast.house))
    actions.log_activity(other, kind="email", title="As agreed", by=by(cast.rosa))

    assert asked(cast.lena, "leads_touched").total.value == 1
    assert asked(cast.lena, "emails").total.value == 1
    assert {each.label for each in asked(cast.lena, "leads_touched", by="user").figures} == {"Rosa Ibarra"}


def test_hours_and_days_are_those_of_the_organisation(cast, make, by):
    Organisation.objects.update(time_zone="Asia/Jakarta")
    forget_organisation()
    worked(make.lead(cast.rosa), "no_answer", cast.rosa, by)

    hours = asked(cast.lena, "calls", by="hour", period="2026-03-04").figures
    days = asked(cast.lena, "calls", by="day", period="2026-03-03..2026-03-04").figures

    assert [(each.label, each.value) for each in hours if each.value] == [("10:00", 1)]
    assert len(hours) == 24
    assert [(str(each.key), each.value) for each in days] == [("2026-03-03", 0), ("2026-03-04", 1)]


def test_every_figure_opens_the_records_that_it_counts(cast, make, by):
    """Whole and by each grouping, as several people: what is counted and what the list shows agree."""
    for owner in (cast.rosa, cast.otto, None):
        for outcome in ("no_answer", "connected") if owner else ():
            lead = make.lead(owner, source="Fair")
            worked(lead, outcome, owner, by, after=timedelta(hours=1), qualified=outcome == "connected")
        make.lead(owner)
    customer = make.customer(cast.rosa)
    make.activity(customer, author=cast.rosa, kind="email")
    make.note(customer, author=cast.rosa)
    seen = 0
    for user in (cast.rosa, cast.mira, cast.otto, cast.lena, cast.ada):
        for metric in metrics_for(user):
            for grouping in ("", *metric.groupings):
                period = "2026-03-04" if grouping == "hour" else "2026-03-01..2026-03-31"
                answer = asked(user, metric.name, by=grouping, period=period)
                for figure in [*answer.totals, *answer.figures]:
                    if figure.records:
                        seen += 1
                        shown = behind(figure, metric.records_kind, user)
                        least = figure.value if metric.unit == "count" and metric.measure.how != "mean" else 0
                        assert shown >= 1, (metric.name, grouping, figure)
                        if metric.through is None:
                            assert shown == figure.count, (metric.name, grouping, figure)
                        elif metric.measure.how == "distinct":
                            assert shown == least, (metric.name, grouping, figure)
    assert seen > 200


def test_who_has_equal_rights_gets_equal_figures(cast, make, by):
    worked(make.lead(cast.rosa), "connected", cast.rosa, by)

    for metric in metrics_for(cast.lena):
        if {metric.name} <= {each.name for each in metrics_for(cast.ada)}:
            ours, theirs = asked(cast.lena, metric.name), asked(cast.ada, metric.name)
            assert [each.value for each in ours.totals] == [each.value for each in theirs.totals]


def test_stays_follow_the_stage_without_a_gap(cast, make, by):
    lead = make.lead(cast.rosa)
    lead = worked(lead, "no_answer", cast.rosa, by, after=timedelta(hours=1))
    worked(lead, "connected", cast.rosa, by, after=timedelta(hours=3), qualified=True)

    told = (
        Stay.objects.filter(lead=lead)
        .order_by("entered_at")
        .values_list("stage__key", "entered_at", "left_at")
    )

    hours = [MORNING + timedelta(hours=n) for n in (0, 1, 3)]
    assert list(told) == [
        ("assigned", hours[0], hours[1]),
        ("follow_up", hours[1], hours[2]),
        ("qualified", hours[2], None),
    ]
    by_stage = {each.label: each.value for each in asked(cast.rosa, "time_in_stage", by="stage").figures}
    assert by_stage == {"Assigned": 60, "Follow-up": 120}
    assert asked(cast.rosa, "time_to_qualify").total.value == 180
    assert asked(cast.rosa, "stage_conversion").total.value == 1


def test_going_back_and_being_lost_are_no_conversion(cast, make, by):
    lead = make.lead(cast.rosa)
    for hours, key in ((1, "contacting"), (2, "assigned")):
        with clock.at(MORNING + timedelta(hours=hours)):
            actions.set_stage_of(lead, stage=Stage.objects.get(key=key), by=by(cast.rosa))
    with clock.at(MORNING + timedelta(hours=3)):
        actions.disqualify_lead(lead, reason=Reason.objects.first(), by=by(cast.rosa))

    went = {each.label: each.value for each in asked(cast.rosa, "stages_left", by="went").figures}

    assert went == {"Forward": 1, "Back": 1, "Lost": 1}
    assert asked(cast.rosa, "stage_conversion").total.value == pytest.approx(1 / 3)


def test_an_undone_change_of_stage_never_was(cast, make, by):
    lead = make.lead(cast.rosa)
    with clock.at(MORNING + timedelta(hours=1)):
        actions.set_stage_of(lead, stage=Stage.objects.get(key="contacting"), by=by(cast.rosa))

    Lead.objects.filter(pk=lead.pk).update(stage=lead.stage, stage_since=lead.stage_since)
    keep_record([lead.pk])

    assert list(Stay.objects.filter(lead=lead).values_list("stage__key", "left_at")) == [("assigned", None)]


def test_first_contact_and_attempts(cast, make, by):
    lead = make.lead(cast.rosa)
    for hours, outcome in ((1, "no_answer"), (2, "busy"), (3, "connected"), (4, "connected")):
        lead = worked(lead, outcome, cast.rosa, by, after=timedelta(hours=hours))

    assert asked(cast.rosa, "speed_to_first_contact").total.value == 60
    assert asked(cast.rosa, "attempts_to_connect").total.value == 3


def test_a_callback_is_kept_by_a_call_near_its_time(cast, make, by):
    for minutes in (10, 300):
        due = MORNING + timedelta(hours=5)
        lead = worked(make.lead(cast.rosa), "no_answer", cast.rosa, by, callback_at=due)
        worked(lead, "connected", cast.rosa, by, after=timedelta(hours=5, minutes=minutes))

    kept = list(Callback.objects.order_by("pk").values_list("kept_at", "ended_at", "user_id"))

    assert kept[0][0] == MORNING + timedelta(hours=5, minutes=10)
    assert kept[1][0] is None
    assert {user for _kept, _ended, user in kept} == {cast.rosa.pk}
    assert asked(cast.rosa, "callbacks_set").total.value == 2
    assert asked(cast.rosa, "callbacks_kept").total.value == 1


def test_what_is_no_metric_grouping_or_period_is_refused_by_name(cast):
    for given, field in (
        ({"name": "nonsense"}, "metric"),
        ({"by": "weather"}, "by"),
        ({"period": "yore"}, "period"),
        ({"period": "2026-03-04..2026-03-01"}, "period"),
        ({"user": "somebody"}, "user"),
        ({"team": "x"}, "team"),
    ):
        with pytest.raises(RuleBroken) as refusal:
            asked(cast.lena, given.pop("name", "calls"), **given)
        assert refusal.value.field == field


def test_a_person_without_leads_is_told_of_none(cast):
    assert "new_leads" not in {metric.name for metric in metrics_for(cast.prue)}
