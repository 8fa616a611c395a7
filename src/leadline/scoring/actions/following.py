"""Keeping scores up to date: changed leads soon, all of them in passes (LEA-12)."""

from collections.abc import Sequence

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.privacy import Erased, Person
from leadline.leads.actions import keep_scores
from leadline.scoring.applying import Judged, judged
from leadline.scoring.models import Place, Standing

PORTION = 5_000
ENTRIES = 20_000
_TOUCHED = """
SELECT max(id), array_agg(DISTINCT about_id) FILTER (WHERE about_kind = 'lead' AND about_id IS NOT NULL)
  FROM (SELECT id, about_kind, about_id FROM core_history
         WHERE id > %s AND id <= %s ORDER BY id LIMIT %s) told
"""
_NEXT = "SELECT id FROM leads_lead WHERE id > %s AND archived_at IS NULL ORDER BY id LIMIT %s"
_KEEP = """
INSERT INTO scoring_standing AS kept (lead_id, rules, shares, chance, model_id)
SELECT lead_id, array(SELECT jsonb_array_elements_text(rules)::bigint), shares, chance, model_id
  FROM unnest(%s::bigint[], %s::jsonb[], %s::jsonb[], %s::float8[], %s::bigint[])
       said (lead_id, rules, shares, chance, model_id)
ON CONFLICT (lead_id) DO UPDATE SET rules = excluded.rules, shares = excluded.shares,
   chance = excluded.chance, model_id = excluded.model_id
 WHERE (kept.rules, kept.shares, kept.chance, kept.model_id)
       IS DISTINCT FROM (excluded.rules, excluded.shares, excluded.chance, excluded.model_id)
"""


@action
def follow_changes(*, settled: int, by: Actor) -> int | None:
    """Score the leads that the next entries of the history are about; returns how many, None at its end.

    Place and scores are written together: what was broken off is done anew, and nothing twice.
    """
    place = _place()
    if place is None or place.history_id >= settled:
        return None
    if not place.history_id:
        place.history_id, place.is_due = settled, True
        place.save()
        return None
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, [place.history_id, settled, ENTRIES])
        last, ids = cursor.fetchone()
    for start in range(0, len(ids or ()), PORTION):
        _keep(judged(ids[start : start + PORTION]), by)
    place.history_id = last or settled
    place.save(update_fields=["history_id"])
    return len(ids or ())


@action
def score_next(*, anew: bool = False, by: Actor) -> bool:
    """Score the next portion of all leads where a pass is due; whether more of them are left.

    `anew` begins a pass whether it is due or not: for rules that move with time.
    """
    place = _place()
    if place is None or not (place.is_due or anew):
        return False
    if anew and not place.is_due:
        place.is_due, place.after = True, 0
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [place.after, PORTION])
        ids = [pk for (pk,) in cursor.fetchall()]
    _keep(judged(ids), by)
    place.after, place.is_due = (ids[-1], True) if len(ids) == PORTION else (0, False)
    place.save()
    return place.is_due


@action
def score_of_erased(person: Person, *, by: Actor) -> Erased:
    """Nothing is kept of why an erased lead had its score."""
    gone, _kinds = Standing.objects.filter(lead_id__in=person.ids("lead")).delete()
    return Erased({"scores": gone})


@action
def look_at_all(*, by: Actor) -> None:
    """Rules or model are others: all leads have to be looked at again, from the first on."""
    Place.objects.get_or_create(pk=1)
    Place.objects.filter(pk=1).update(is_due=True, after=0)


def _place() -> Place | None:
    Place.objects.get_or_create(pk=1)
    return Place.objects.select_for_update(skip_locked=True).filter(pk=1).first()


def _keep(found: Sequence[Judged], by: Actor) -> None:
    if not found:
        return
    columns = [
        [getattr(each, name) for each in found]
        for name in ("rules_json", "shares_json", "chance", "model_id")
    ]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [[each.lead_id for each in found], *columns])
    keep_scores({each.lead_id: each.score for each in found}, by=by)
