"""Stars, stages, closing, tags, archiving, editing (LEA-4, LEA-6)."""

from datetime import timedelta

import pytest

from leadline.core.clock import now
from leadline.core.history import history_about
from leadline.core.refusals import EditConflict, NotAllowed, RuleBroken, RulesBroken
from leadline.leads import actions
from leadline.leads.models import Pulse, Reason, Stage
from leadline.timeline.models import Activity

TONIGHT = timedelta(hours=8)


def test_a_star_is_the_managers_and_says_by_whom_until_when(cast, make, by):
    lead = make.lead(cast.rosa)
    with pytest.raises(NotAllowed):
        actions.star_lead(lead, until=now() + TONIGHT, by=by(cast.rosa))

    lead = actions.star_lead(lead, until=now() + TONIGHT, by=by(cast.mira))

    assert (lead.is_starred, lead.starred_by) == (True, cast.mira)
    assert Pulse.objects.get(lead=lead).starred_until == lead.starred_until
    lead = actions.unstar_lead(lead, by=by(cast.mira))
    assert (lead.is_starred, lead.starred_by) == (False, None)


@pytest.mark.parametrize("ahead", [timedelta(minutes=-1), timedelta(days=400)])
def test_a_star_needs_a_moment_to_come(cast, make, by, ahead):
    with pytest.raises(RuleBroken):
        actions.star_leads([make.lead(cast.rosa).pk], until=now() + ahead, by=by(cast.mira))


def test_a_stage_stands_on_the_timeline(cast, make, by):
    lead = make.lead(cast.rosa)

    lead = actions.set_stage_of(lead, stage=Stage.objects.get(key="qualified"), by=by(cast.rosa))

    assert lead.stage.key == "qualified"
    assert Activity.objects.get(lead_id=lead.pk).title == "Stage: Assigned → Qualified"


@pytest.mark.parametrize("key", ["converted", "disqualified"])
def test_what_closes_is_no_stage_to_choose(cast, make, by, key):
    with pytest.raises(RuleBroken):
        actions.set_stage_of(make.lead(cast.rosa), stage=Stage.objects.get(key=key), by=by(cast.rosa))


def test_closing_takes_star_and_callback_and_reopening_the_reason(cast, make, by):
    lead = actions.star_lead(make.lead(cast.rosa), until=now() + TONIGHT, by=make.by)
    actions.work_lead(lead, outcome="no_answer", by=by(cast.rosa))

    lead = actions.disqualify_lead(lead, reason=Reason.objects.get(key="no_budget"), by=by(cast.rosa))

    assert (lead.stage_kind, lead.reason.key) == ("lost", "no_budget")
    assert (lead.starred_until, lead.callback_at) == (None, None)
    lead = actions.reopen_lead(lead, by=by(cast.rosa))
    assert (lead.stage.key, lead.reason) == ("assigned", None)


def test_tags_and_archive(cast, make, by):
    lead = actions.tag_lead(make.lead(cast.rosa), add=["autumn", "fair"], by=by(cast.rosa))
    assert lead.tags == ["autumn", "fair"]

    lead = actions.archive_lead(lead, by=by(cast.rosa))
    with pytest.raises(RuleBroken):
        actions.tag_lead(lead, add=["x"], by=by(cast.rosa))
    assert not actions.restore_lead(lead, by=by(cast.rosa)).is_archived


def test_a_save_over_somebody_elses_is_told(cast, make, by):
    lead = make.lead(cast.rosa)
    actions.edit_lead(lead, campaign="Spring", by=by(cast.mira))

    with pytest.raises(EditConflict) as told:
        actions.edit_lead(lead, version=lead.version, campaign="Autumn", by=by(cast.rosa))

    assert [change.field for change in told.value.changes] == ["campaign"]


def test_a_lead_keeps_a_way_to_be_reached(cast, make, by):
    with pytest.raises(RulesBroken):
        actions.edit_lead(make.lead(cast.rosa), email="", by=by(cast.rosa))


def test_another_phone_brings_another_zone(cast, make, by):
    lead = make.lead(cast.rosa, phone="+4930123456")
    assert lead.zone == "Europe/Berlin"

    assert actions.edit_lead(lead, phone="+81312345678", by=by(cast.rosa)).zone == "Asia/Tokyo"


def test_the_history_tells_what_was_logged_and_changed(cast, make, by):
    lead = make.lead(cast.rosa)
    actions.edit_lead(lead, campaign="Spring", by=by(cast.rosa))
    actions.log_activity(lead, kind="email", title="Sent the brochure", by=by(cast.rosa))

    told = [
        (entry.kind, entry.record_id) for entry in history_about("lead", lead.pk, viewer=cast.rosa).entries
    ]

    assert ("lead", lead.pk) in told
    assert any(kind == "activity" for kind, _key in told)


def test_leads_follow_their_owner_into_another_team(cast, make, settle):
    from leadline.core.actions import Actor
    from leadline.people.actions import change_user

    lead = make.lead(cast.rosa)
    change_user(cast.rosa, name="Rosa Ibarra", roles=["inside-sales"], team=cast.south, by=Actor(cast.ada))
    settle()

    lead.refresh_from_db()
    assert lead.team == cast.south
    assert Pulse.objects.get(lead=lead).team_id == cast.south.pk
