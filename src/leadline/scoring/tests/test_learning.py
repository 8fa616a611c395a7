"""A model finds what is true, leaves out what leaks, and says when there is too little (LEA-12)."""

from datetime import timedelta

import pytest

from leadline.core.custom.actions import make_field
from leadline.core.history.models import HistoryEntry
from leadline.core.refusals import RuleBroken
from leadline.leads.models import Lead, Pulse
from leadline.scoring import actions
from leadline.scoring.learning.encoding import CATEGORY, NUMBER, Encoder, Model
from leadline.scoring.learning.teaching import lesson
from leadline.scoring.models import Basis, LearntModel, Standing
from leadline.scoring.queries import explained
from leadline.scoring.tasks import catch_up
from leadline.scoring.tests.generated import plant_leads
from leadline.scoring.wording import gain_in_words, key_in_words, leak_in_words, thin_in_words

pytestmark = pytest.mark.django_db
HORIZON = timedelta(days=60)
FAIR = {"field": "source", "op": "equals", "value": "Fair"}


def test_what_is_true_is_found_and_beats_the_rules(cast, by, boats):
    plant_leads(2_500)
    actions.add_rule(name="Fair", where=FAIR, points=40, by=by(cast.ada))

    came = lesson(HORIZON)

    card = came.card
    assert came.state == LearntModel.State.BETTER
    assert card["auc"]["model"] > 0.75 > card["auc"]["rules"] > 0.55
    assert card["gain_low"] > 0
    assert card["captured"]["20"]["model"] > card["captured"]["20"]["rules"] > 0.2
    assert card["brier"] < card["brier_base"]
    said, happened = zip(*[(said, happened) for _count, said, happened in card["calibration"]], strict=True)
    assert max(abs(one - other) for one, other in zip(said, happened, strict=True)) < 0.2
    assert card["left_out"] == []
    weights = dict(card["weights"])
    assert weights["source=Fair"] > 0 > weights["source=Bought list"]
    assert weights["x_boats#"] > 0
    assert abs(weights.get("country=JP", 0)) < abs(weights["source=Fair"])
    assert "stand in the fifth" in gain_in_words(card)[0]
    assert lesson(HORIZON).weights == came.weights, "the same leads teach the same"


def test_fields_that_only_tell_the_outcome_are_left_out(cast, by, boats):
    """One is filled after the outcome, as history knows; one is there with conversions; one names them."""
    ada = by(cast.ada)
    make_field("lead", label="Contract", kind="text", by=ada)
    make_field("lead", label="Paid", kind="date", by=ada)
    answer = make_field("lead", label="Answer", kind="choice", choices=["Yes", "No"], by=ada)
    yes, no = (choice["key"] for choice in answer.choices)

    def custom(values, converted, chosen):
        given = {"x_boats": values["boats"], "x_answer": yes if converted else no}
        return given | ({"x_contract": "C-1", "x_paid": "2026-01-01"} if converted else {})

    leads = plant_leads(1_500, custom=custom)
    HistoryEntry.objects.bulk_create(
        [
            HistoryEntry(
                at=lead.stage_since + timedelta(hours=1),
                kind="lead",
                record_id=lead.pk,
                about_kind="lead",
                about_id=lead.pk,
                verb="changed",
                changes={"x_contract": [None, "C-1"]},
                via="web",
                trace="",
            )
            for lead in leads
            if lead.custom.get("x_contract")
        ]
    )

    card = lesson(HORIZON).card

    left_out = {leak["field"]: leak["why"] for leak in card["left_out"]}
    assert left_out["x_contract"] == "late"
    assert left_out["x_paid"] == "present"
    assert left_out["x_answer"] == "alone"
    assert "x_boats" not in left_out
    assert "source" not in left_out
    assert not any(key.startswith(("x_contract", "x_paid", "x_answer")) for key, _weight in card["weights"])
    assert 0.6 < card["auc"]["model"] < 0.9, "without them it is as good as the truth allows, and no better"
    assert all("%" in leak_in_words(leak) for leak in card["left_out"])


def test_where_there_is_nothing_to_learn_the_rules_stay(cast, by):
    plant_leads(1_500, chance=lambda _values: 0.25)

    came = lesson(HORIZON)

    assert came.state == LearntModel.State.NOT_BETTER
    assert came.card["auc"]["model"] < 0.58
    kept = actions.learn_model(came, by=by(cast.ada))
    with pytest.raises(RuleBroken, match="did not beat"):
        actions.use_model(kept, by=by(cast.ada))


def test_too_little_is_said_with_what_is_missing(cast, boats):
    plant_leads(120, days=30)

    came = lesson(HORIZON)

    assert came.state == LearntModel.State.TOO_THIN
    assert {name for name, _have, _need in came.card["thin"]} >= {"converted", "days"}
    assert all(words.endswith("are needed.") for words in thin_in_words(came.card["thin"]))
    assert lesson(timedelta(days=10_000)).card["leads"] == 0


def test_a_model_that_is_better_scores_with_reasons_and_the_rules_come_back(cast, by, boats, as_):
    leads = plant_leads(2_500)
    actions.add_rule(name="Fair", where=FAIR, points=40, by=by(cast.ada))
    model = actions.learn_model(lesson(HORIZON), by=by(cast.ada))
    catch_up(by=by(cast.house))
    catch_up(by=by(cast.house))

    assert Basis.objects.get().model == model
    good = next(each for each in leads if each.source == "Fair" and each.custom["x_boats"] >= 18)
    bad = next(each for each in leads if each.source == "Bought list" and each.custom["x_boats"] <= 2)
    scores = {
        lead.pk: lead.pulse.score
        for lead in Lead.objects.select_related("pulse").filter(pk__in=[good.pk, bad.pk])
    }
    assert scores[good.pk] > 80 > 20 > scores[bad.pk]
    told = explained(Lead.objects.select_related("pulse").get(pk=good.pk))
    assert {reason.words for reason in told.reasons if reason.raises} >= {"Source: Fair"}
    assert told.chance > 40
    page = as_(cast.ada).get(f"/leads/{good.pk}/score").content.decode()
    assert "Source: Fair" in page
    assert "about" in page

    actions.use_rules(by=by(cast.ada))
    catch_up(by=by(cast.house))

    assert Pulse.objects.get(pk=good.pk).score == 40
    assert Standing.objects.get(pk=good.pk).model_id is None
    actions.use_model(model, by=by(cast.ada))
    assert Basis.objects.get().model == model


def test_rules_that_ask_for_what_comes_later_are_no_rivals(cast, by, boats):
    plant_leads(1_500)
    tried = {"field": "attempts", "op": "at_least", "value": 1}
    actions.add_rule(name="Was called", where=tried, points=50, by=by(cast.ada))

    card = lesson(HORIZON).card

    assert card["rules_left_out"] == ["Was called"]
    assert card["auc"]["rules"] == 0.5


def test_words_of_keys(cast, boats):
    assert key_in_words("source=Fair") == "Source: Fair"
    assert key_in_words("source=*") == "Source: a rare one"
    assert key_in_words("company?yes") == "Company: given"
    assert key_in_words("x_boats#3") == "Boats: 3"
    assert key_in_words("gone=1") == "gone=1"


def test_shares_add_up_to_the_chance():
    """What is told as reasons is the model, not a story about it."""
    rows = [{"source": source, "boats": float(number)} for number in range(60) for source in ("a", "b")]
    encoder = Encoder.of({"source": CATEGORY, "boats": NUMBER}, rows)
    numbers = [encoder.vector(row) for row in rows]
    means = [sum(column) / len(rows) for column in zip(*numbers, strict=True)]
    model = Model(encoder, [0.0, 0.4, -0.3, 0.0, 0.8, 0.0], means, -0.2, [0.1 * n for n in range(1, 11)])
    average = -0.2 + sum(w * m for w, m in zip(model.weights, means, strict=True))

    for row in (rows[0], rows[7], rows[-1]):
        chance = model.chance(row)
        total = average + sum(share for _key, share in model.shares(row))
        assert 1 / (1 + 2.718281828**-total) == pytest.approx(chance, abs=0.03)
