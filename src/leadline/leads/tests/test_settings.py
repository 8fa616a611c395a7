"""Stages, reasons and hours that an administrator sets (LEA-4, LEA-5, ALL-11)."""

from datetime import time

import pytest

from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.leads import actions
from leadline.leads.calling import calling_hours
from leadline.leads.models import Reason, Stage


def named(model):
    return [each.name for each in model.objects.in_use()]


def test_a_new_installation_has_stages_and_reasons(db):
    assert named(Stage)[:5] == ["New", "Assigned", "Contacting", "Follow-up", "Qualified"]
    assert {"Wrong number", "Not interested", "No budget", "Duplicate", "Unreachable"} <= set(named(Reason))


def test_a_stage_of_ones_own_stands_before_those_that_close(cast, by):
    warm = actions.add_listed(Stage, name="Warm", by=by(cast.ada))
    assert named(Stage)[5:] == ["Warm", "Converted", "Disqualified"]

    actions.move_listed(warm, to=3, by=by(cast.ada))
    assert named(Stage)[2] == "Warm"
    actions.move_listed(warm, to=99, by=by(cast.ada))
    assert named(Stage)[5] == "Warm"


def test_provided_stages_are_renamed_not_retired(cast, by):
    new = Stage.objects.get(key="new")
    actions.rename_listed(new, name="Fresh", by=by(cast.ada))
    actions.provide_stages_and_reasons(by=by(cast.house))

    assert Stage.objects.get(key="new").name == "Fresh"
    with pytest.raises(RuleBroken):
        actions.retire_listed(new, by=by(cast.ada))


def test_a_stage_with_leads_stays(cast, make, by):
    warm = actions.add_listed(Stage, name="Warm", by=by(cast.ada))
    lead = actions.set_stage_of(make.lead(cast.rosa), stage=warm, by=by(cast.rosa))
    with pytest.raises(RuleBroken):
        actions.retire_listed(warm, by=by(cast.ada))

    actions.set_stage_of(lead, stage=Stage.objects.get(key="new"), by=by(cast.rosa))
    retired = actions.retire_listed(warm, by=by(cast.ada))
    with pytest.raises(RuleBroken):
        actions.set_stage_of(lead, stage=retired, by=by(cast.rosa))
    assert actions.bring_back_listed(retired, by=by(cast.ada)).retired_at is None


def test_two_of_one_name_are_refused(cast, by):
    with pytest.raises(RuleBroken):
        actions.add_listed(Reason, name="no budget", by=by(cast.ada))


def test_hours(cast, by):
    actions.set_calling_hours(begins=time(8), ends=time(18), days=[1, 2, 3], by=by(cast.ada))
    assert (calling_hours().begins, calling_hours().days) == (time(8), frozenset({1, 2, 3}))

    for wrong in (
        {"begins": time(20), "ends": time(9), "days": [1]},
        {"begins": time(8), "ends": time(9), "days": []},
    ):
        with pytest.raises(RuleBroken):
            actions.set_calling_hours(**wrong, by=by(cast.ada))


def test_only_an_administrator_sets_them(cast, by):
    with pytest.raises(NotAllowed):
        actions.add_listed(Reason, name="Too far", by=by(cast.lena))
