"""Bands of the score: hot, warm, cool; in lists, filters and lanes of the board (LEA-12, WSP-3)."""

import json

import pytest

from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.leads.actions.scoring import keep_scores, set_score_bands
from leadline.leads.models import Lead, ScoreBands, Stage


@pytest.fixture
def scored(cast, make, by):
    """Leads of Rosa's, one for each band and one without a score."""
    given = {"Ayu Lestari": 70, "Bela Lestari": 69, "Citra Lestari": 39, "Dewi Lestari": None}
    leads = {name: make.lead(cast.rosa, name=name) for name in given}
    keep_scores({leads[name].pk: score for name, score in given.items()}, by=by(cast.house))
    return leads


def banded(rosa, band):
    where = json.dumps({"field": "score_band", "op": "equals", "value": band})
    page = rosa.get("/leads/", {"where": where, "columns": "name,score_band"}).content.decode()
    return [name for name in ("Ayu Lestari", "Bela Lestari", "Citra Lestari", "Dewi Lestari") if name in page]


def test_lists_show_and_filter_by_bands_and_the_record_says_the_same(cast, as_, by, scored):
    rosa = as_(cast.rosa)

    assert [banded(rosa, band) for band in ("hot", "warm", "cool")] == [
        ["Ayu Lestari"],
        ["Bela Lestari"],
        ["Citra Lestari"],
    ]
    assert "Score band" in rosa.get("/leads/", {"columns": "name,score_band"}).content.decode()
    assert [Lead.objects.get(name=name).score_band for name in scored] == ["hot", "warm", "cool", None]

    set_score_bands(hot_from=69, warm_from=10, by=by(cast.ada))

    assert [banded(rosa, band) for band in ("hot", "warm", "cool")] == [
        ["Ayu Lestari", "Bela Lestari"],
        ["Citra Lestari"],
        [],
    ]
    assert Lead.objects.get(name="Bela Lestari").score_band == "hot"


def test_the_board_stands_in_lanes_of_bands_hot_on_top_that_nobody_changes_by_hand(cast, as_, scored):
    board = as_(cast.rosa).get("/leads/board/?lanes=score_band").content.decode()

    places = [
        board.index(f">{name}<") for name in ("Ayu Lestari", "Bela Lestari", "Citra Lestari", "Dewi Lestari")
    ]
    assert places == sorted(places)
    assert "Without: Score band" in board
    assert "The band follows the score" in board

    lead, stage = scored["Bela Lestari"], Stage.objects.get(key="assigned")
    sent = {
        "card": lead.pk,
        "seen": stage.pk,
        "to": stage.pk,
        "lane": "hot",
        "lane_seen": "warm",
        "dragged": "1",
    }
    answer = as_(cast.rosa, htmx=True).post("/leads/board/move?lanes=score_band", sent)
    assert answer.status_code == 422
    assert "The band follows the score" in answer.content.decode()


def test_limits_are_in_order_and_set_by_who_manages_scoring(cast, by):
    with pytest.raises(NotAllowed):
        set_score_bands(hot_from=80, warm_from=50, by=by(cast.mira))
    for hot, warm in ((50, 50), (40, 50), (101, 50), (50, 0)):
        with pytest.raises(RuleBroken):
            set_score_bands(hot_from=hot, warm_from=warm, by=by(cast.ada))
    assert not ScoreBands.objects.exists()
