"""The pages of scoring (LEA-12)."""

import pytest

from leadline.leads.actions.scoring import set_score_bands
from leadline.leads.models import Pulse
from leadline.scoring import actions
from leadline.scoring.learning.teaching import Lesson
from leadline.scoring.models import Basis, LearntModel, ScoreRule
from leadline.scoring.tasks import catch_up

pytestmark = pytest.mark.django_db
FAIR = {"field": "source", "op": "equals", "value": "Fair"}


def html(response):
    return response.content.decode()


def test_a_rule_is_made_with_the_builder_changed_and_retired(cast, as_):
    ada = as_(cast.ada)
    assert "No rules yet" in html(ada.get("/leads/scoring"))
    drawn = ada.post("/leads/scoring/build", {"do": "add r", "node": "r"})
    answers = {
        "name": "Met at a fair",
        "points": "20",
        "node": ["r", "r-0"],
        "r.word": "and",
        "r-0.is": "question",
        "r-0.was": "source",
        "r-0.field": "source",
        "r-0.op": "equals",
        "r-0.value": "Fair",
    }

    made = ada.post("/leads/score-rules/add", answers)
    unfinished = ada.post("/leads/score-rules/add", {**answers, "r-0.value": ""})

    assert '/leads/scoring/build"' in html(drawn)
    assert made.status_code == 302
    assert unfinished.status_code == 422
    rule = ScoreRule.objects.get()
    assert (rule.points, rule.name) == (20, "Met at a fair")
    page = html(ada.get("/leads/scoring"))
    assert "Met at a fair" in page
    assert "+20" in page
    ada.post(f"/leads/score-rules/{rule.pk}", {**answers, "points": "30", "version": "1"})
    ada.post(f"/leads/score-rules/{rule.pk}/retire")
    rule.refresh_from_db()
    assert rule.points == 30
    assert rule.retired_at is not None


def test_learning_is_asked_for_and_says_that_there_is_too_little(cast, as_, settle):
    ada = as_(cast.ada)

    asked = ada.post("/leads/scoring/learn")
    settle()

    assert asked.status_code == 302
    assert LearntModel.objects.get().state == "too_thin"
    assert "too little data" in html(ada.get("/leads/scoring"))


def test_a_better_model_is_used_and_switched_back(cast, as_, by):
    card = {
        "leads": 1000, "later": 300, "converted": 250, "later_converted": 80, "horizon": 60, "thin": [],
        "left_out": [{"field": "description", "why": "late", "share": 0.8}],
        "auc": {"model": 0.8, "rules": 0.6}, "gain": 0.2, "gain_low": 0.1, "gain_high": 0.3,
        "captured": {top: {"model": 0.5, "rules": 0.3} for top in ("10", "20")},
        "brier": 0.1, "brier_base": 0.2, "calibration": [[30, 0.1, 0.2]], "weights": [["source=Fair", 1.2]],
        "rules_left_out": [],
    }  # fmt: skip
    weights = {
        "fields": [["source", "category"]], "categories": {"source": ["Fair"]}, "spreads": {},
        "weights": [0.0, 1.0, 0.0], "means": [0.5, 0.5, 0.0], "intercept": 0.0, "quantiles": [0.5],
    }  # fmt: skip
    model = actions.learn_model(Lesson("better", card, weights), by=by(cast.ada))
    ada = as_(cast.ada)

    page = html(ada.get("/leads/scoring"))

    assert "80%" in page
    assert "got it with the outcome" in page
    assert Basis.objects.get().model == model
    assert html(ada.get(f"/leads/scoring/models/{model.pk}"))
    ada.post("/leads/scoring/use-rules")
    assert Basis.objects.get().model is None
    assert not Basis.objects.get().is_automatic
    ada.post(f"/leads/scoring/models/{model.pk}/use")
    assert Basis.objects.get().model == model
    wrong = ada.post("/leads/scoring/settings", {"horizon_days": "3"})
    assert wrong.status_code == 422
    ada.post("/leads/scoring/settings", {"horizon_days": "90", "is_automatic": "on"})
    assert Basis.objects.get().horizon_days == 90


def test_reasons_stand_on_the_leads_page_for_who_sees_it(cast, as_, by, make):
    lead = make.lead(cast.rosa, source="Fair")
    actions.add_rule(name="Met at a fair", where=FAIR, points=40, by=by(cast.ada))
    catch_up(by=by(cast.house))

    assert Pulse.objects.get(pk=lead.pk).score == 40
    shown = html(as_(cast.rosa).get(f"/leads/{lead.pk}/score"))
    assert "Met at a fair" in shown
    assert "Warm" in shown
    set_score_bands(hot_from=40, warm_from=10, by=by(cast.ada))
    assert "Hot" in html(as_(cast.rosa).get(f"/leads/{lead.pk}/score"))
    assert f"/leads/{lead.pk}/score" in html(as_(cast.rosa).get(f"/leads/{lead.pk}/"))
    assert as_(cast.otto).get(f"/leads/{lead.pk}/score").status_code == 404
    assert as_(cast.rosa).get("/leads/scoring").status_code == 403


def test_bands_are_read_and_set_on_the_page(cast, as_):
    ada = as_(cast.ada)
    assert 'value="70"' in html(ada.get("/leads/scoring"))

    assert ada.post("/leads/scoring/bands", {"hot_from": "60", "warm_from": "30"}).status_code == 302
    refused = ada.post("/leads/scoring/bands", {"hot_from": "30", "warm_from": "60"})

    assert refused.status_code == 422
    assert "Warm begins above 0, and hot above warm" in html(refused)
    assert 'value="60"' in html(ada.get("/leads/scoring"))
