"""The pulse follows the lead: whose it is, its star and callback; sort keys and zones after an undoing."""

from collections.abc import Collection, Iterable

from django.db import connection

from leadline.core.normalise.text import sort_key
from leadline.core.sets import array_of
from leadline.leads.actions.keeping import keep_record
from leadline.leads.calling import zone_for
from leadline.leads.models import Lead

REPEATED = ("owner_id", "team_id", "territory_id", "starred_at", "starred_until", "callback_at")
ZONED = {"time_zone", "phone", "country"}
# Whose it is stands beside what the platform tells, too; in the order in which events lock these rows.
_FOLLOW_ON_PLATFORM = """
WITH held AS MATERIALIZED (
    SELECT known.lead_id, lead.owner_id, lead.team_id, lead.territory_id
      FROM leads_onplatform known JOIN leads_lead lead ON lead.id = known.lead_id
     WHERE lead.id = ANY(%s::bigint[])
       AND (known.owner_id, known.team_id, known.territory_id)
           IS DISTINCT FROM (lead.owner_id, lead.team_id, lead.territory_id)
     ORDER BY 1 FOR NO KEY UPDATE OF known
)
UPDATE leads_onplatform known
   SET (owner_id, team_id, territory_id) = (held.owner_id, held.team_id, held.territory_id)
  FROM held WHERE known.lead_id = held.lead_id
"""
_FOLLOW = """
UPDATE leads_pulse pulse
   SET (owner_id, team_id, territory_id, starred_at, starred_until, callback_at)
     = (lead.owner_id, lead.team_id, lead.territory_id, lead.starred_at, lead.starred_until, lead.callback_at)
  FROM leads_lead lead
 WHERE lead.id = pulse.lead_id AND lead.id = ANY(%s::bigint[])
   AND (pulse.owner_id, pulse.team_id, pulse.territory_id, pulse.starred_at, pulse.starred_until,
        pulse.callback_at)
       IS DISTINCT FROM
       (lead.owner_id, lead.team_id, lead.territory_id, lead.starred_at, lead.starred_until, lead.callback_at)
"""


def follow(ids: Iterable[int]) -> None:
    """Let the rows beside leads, their stays in stages and their callbacks say again what the leads say."""
    ids = list(ids)
    given = [array_of(ids)]
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, given)
        cursor.execute(_FOLLOW_ON_PLATFORM, given)
    keep_record(ids)


def renew(ids: Collection[int], columns: Collection[str]) -> None:
    """What an undoing or a change of these columns makes stale: sort keys, zones, the pulse."""
    if "name" in columns:
        _renew_names(ids)
    if ZONED & set(columns):
        _renew_zones(ids)
    if {*REPEATED, "stage_id", "stage_since"} & set(columns):
        follow(ids)


def _renew_names(ids: Collection[int]) -> None:
    rows = Lead.objects.filter(pk__in=ids).only("name", "name_key")
    stale = [row for row in rows if row.name_key != sort_key(row.name)]
    for row in stale:
        row.name_key = sort_key(row.name)
    Lead.objects.bulk_update(stale, ["name_key"], batch_size=1000)


def _renew_zones(ids: Collection[int]) -> None:
    rows = Lead.objects.filter(pk__in=ids).only("time_zone", "phone", "country", "zone")
    stale = [row for row in rows if row.zone != zone_for(row.time_zone, row.phone, row.country)]
    for row in stale:
        row.zone = zone_for(row.time_zone, row.phone, row.country)
    Lead.objects.bulk_update(stale, ["zone"], batch_size=1000)
