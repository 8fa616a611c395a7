"""Leads in the order of their scores, and scoring them (LEA-12)."""

from functools import partial

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.scoring.models import ScoreRule
from leadline.scoring.rules import scored_by_rules, understood

_BEST = """
SELECT lead_id FROM leads_pulse JOIN leads_lead lead ON lead.id = lead_id
 WHERE lead.archived_at IS NULL ORDER BY score DESC NULLS LAST, lead_id DESC LIMIT 50
"""
_SOME = "SELECT id FROM leads_lead WHERE archived_at IS NULL ORDER BY id LIMIT 5000"
_ASKED = (
    {"field": "company", "op": "is_not_empty"},
    {"field": "phone", "op": "is_not_empty"},
    {"field": "email", "op": "is_not_empty"},
    {"field": "source", "op": "equals", "value": "Fair"},
    {"field": "country", "op": "in", "value": ["ID", "SG"]},
    {"field": "registered_at", "op": "in_last", "value": 7, "unit": "days"},
    {"field": "attempts", "op": "at_least", "value": 3},
    {"field": "last_outcome", "op": "in", "value": ["connected"]},
    {"field": "bad_number", "op": "is_true"},
    {"field": "starred", "op": "is_true"},
)


@row("Leads by score, a page of 50", Goal(15))
def by_score(data: Data) -> dict[str, Measured]:
    """The list in the order of scores, as each person."""
    return {
        who: measured(
            [fetch(user, "/leads/?sort=-score")],
            data.times,
            raw=[(_BEST, None)] if who == "administrator" else (),
        )
        for who, user in data.people.items()
    }


@row("Scores of 5,000 leads by ten rules", Goal(250))
def scored(data: Data) -> dict[str, Measured]:
    """One statement for all rules; nothing is written."""
    ids = [pk for (pk,) in query(_SOME)]
    rules = understood(ScoreRule(pk=place, where=where, points=5) for place, where in enumerate(_ASKED, 1))
    counted = "SELECT count(*) FROM leads_lead JOIN leads_pulse ON lead_id = id WHERE id = ANY(%s)"
    return {"": measured([partial(scored_by_rules, rules, ids)], data.times, raw=[(counted, [ids])])}
