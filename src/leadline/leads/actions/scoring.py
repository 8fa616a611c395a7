"""The scores of leads, kept beside the wide row for lists; the app that scores says them (LEA-12)."""

from collections.abc import Mapping

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.sets import array_of

_KEEP = """
UPDATE leads_pulse pulse SET score = said.score
  FROM unnest(%s::bigint[], %s::smallint[]) said (lead_id, score)
 WHERE pulse.lead_id = said.lead_id AND pulse.score IS DISTINCT FROM said.score
"""


@action
def keep_scores(scores: Mapping[int, int | None], *, by: Actor) -> int:
    """Keep the scores (0 to 100, or none) of leads; returns how many are others than before."""
    ids = sorted(scores)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [array_of(ids), [scores[pk] for pk in ids]])
        return int(cursor.rowcount)
