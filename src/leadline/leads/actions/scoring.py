"""The scores of leads, kept beside the wide row for lists; the app that scores says them (LEA-12)."""

from collections.abc import Mapping

from django.db import connection, transaction
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.refusals import RuleBroken
from leadline.core.sets import array_of
from leadline.leads.models import ScoreBands, forget_bands
from leadline.leads.models.bands import MOST
from leadline.people.policies import ASK_AN_ADMINISTRATOR, may_manage_settings

_KEEP = """
UPDATE leads_pulse pulse SET score = said.score
  FROM unnest(%s::bigint[], %s::smallint[]) said (lead_id, score)
 WHERE pulse.lead_id = said.lead_id AND pulse.score IS DISTINCT FROM said.score
"""


@action
def set_score_bands(*, hot_from: int, warm_from: int, by: Actor) -> ScoreBands:
    """Say from which score on leads are hot and warm; lists and boards show it at once (LEA-12).

    Raises `RuleBroken` unless 0 < warm < hot, up to 100.
    """
    require(may_manage_settings(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    if not 0 < warm_from < hot_from <= MOST:
        message = _("Warm begins above 0, and hot above warm, up to 100.")
        raise RuleBroken(message, field="hot_from", value=hot_from)
    bands, _made = ScoreBands.objects.select_for_update(no_key=True).get_or_create(pk=1)
    bands.hot_from, bands.warm_from = hot_from, warm_from
    bands.save()
    forget_bands()
    transaction.on_commit(forget_bands)
    return bands


@action
def keep_scores(scores: Mapping[int, int | None], *, by: Actor) -> int:
    """Keep the scores (0 to 100, or none) of leads; returns how many are others than before."""
    ids = sorted(scores)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [array_of(ids), [scores[pk] for pk in ids]])
        return int(cursor.rowcount)
