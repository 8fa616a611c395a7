"""What scoring holds about persons: why their leads have their scores (PPL-8)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.privacy import (
    Holder,
    Person,
    Section,
    register_holder,
    register_texts,
    without_personal_data,
)
from leadline.scoring.actions import score_of_erased
from leadline.scoring.models import Standing


def held_standings(person: Person) -> Section:
    """What the scores of the person's leads come from."""
    rows = Standing.objects.filter(lead_id__in=person.ids("lead"))
    return list(rows.values("lead_id", "rules", "shares", "chance"))


register_holder(
    Holder("scoring.standings", _("Scores"), ("scoring.Standing",), held_standings, score_of_erased, {})
)
without_personal_data(
    {
        "scoring.ScoreRule": "rules of the house",
        "scoring.LearntModel": "counts and weights",
        "scoring.Basis": "a setting",
        "scoring.Place": "a place in the history",
    }
)
register_texts("scoring_scorerule", "name")
