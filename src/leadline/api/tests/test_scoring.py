"""A program makes rules of scoring, learns, switches, and reads why a lead has its score (ALL-10, LEA-12)."""

import pytest

from leadline.scoring.models import LearntModel
from leadline.scoring.tasks import catch_up

pytestmark = pytest.mark.django_db
FAIR = {"field": "source", "op": "equals", "value": "Fair"}


def test_rules_and_a_leads_score(cast, program, make, by):
    ada = program(cast.ada)
    lead = make.lead(cast.rosa, source="Fair")

    made = ada.post("score-rules", {"name": "Met at a fair", "where": FAIR, "points": 60})
    wrong = ada.post("score-rules", {"name": "x", "where": FAIR, "points": 0})
    catch_up(by=by(cast.house))
    told = program(cast.rosa).get(f"leads/{lead.pk}/score").json()
    listed = program(cast.rosa).get("leads?sort=-score&fields=name,score").json()["data"]

    assert made.status_code == 201
    assert "Fair" in made.json()["sentence"]
    assert wrong.json()["errors"][0]["field"] == "points"
    assert told == {
        "score": 60,
        "band": "warm",
        "by": "rules",
        "model": None,
        "chance": None,
        "reasons": [{"words": "Met at a fair", "weight": 60}],
    }
    assert listed[0]["score"] == 60
    address = f"score-rules/{made.json()['id']}"
    assert ada.patch(address, {"points": 10}, If_Match=made["ETag"]).json()["points"] == 10
    assert ada.patch(address, {"points": 11}, If_Match=made["ETag"]).status_code in (409, 412)
    assert ada.post(f"{address}/retire").json()["retired_at"]
    assert program(cast.otto).get(f"leads/{lead.pk}/score").status_code == 404
    assert program(cast.rosa).get("score-rules").status_code == 403


def test_learning_and_switching(cast, program, settle):
    ada = program(cast.ada)

    asked = ada.post("scoring/learn")
    settle()
    model = ada.get("scoring/models").json()["data"][0]

    assert asked.status_code == 202
    assert model["state"] == "too_thin"
    assert model["card"]["thin"]
    assert ada.post(f"scoring/models/{model['id']}/use").status_code == 422
    better = LearntModel.objects.create(
        learnt_at="2026-01-01T00:00:00Z", state="better", card={}, weights={}, asked_by=cast.ada
    )
    assert ada.post(f"scoring/models/{better.pk}/use").json()["model"] == better.pk
    assert ada.post("scoring/use-rules").json() == {
        "model": None,
        "is_automatic": False,
        "horizon_days": 60,
        "hot_from": 70,
        "warm_from": 40,
    }
    assert ada.patch("scoring", {"is_automatic": True, "horizon_days": 90}).json()["horizon_days"] == 90
    assert ada.patch("scoring", {"horizon_days": 3}).status_code == 422
    assert program(cast.lena).get("scoring").status_code == 403


def test_bands_are_changed_together_or_not_at_all(cast, program):
    ada = program(cast.ada)

    changed = ada.patch("scoring", {"warm_from": 30})
    refused = ada.patch("scoring", {"hot_from": 90, "horizon_days": 1})

    assert (changed.json()["hot_from"], changed.json()["warm_from"]) == (70, 30)
    assert refused.status_code == 422
    assert ada.get("scoring").json()["hot_from"] == 70
    assert ada.patch("scoring", {"hot_from": "90"}).status_code == 422
