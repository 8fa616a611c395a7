"""Rows beside leads follow them: whose, open, star, callback; sort keys and zones after an undoing."""

from collections.abc import Collection, Iterable

from django.db import connection

from leadline.core.normalise.text import sort_key
from leadline.core.sets import array_of
from leadline.leads.actions.keeping import keep_record
from leadline.leads.calling import zone_for
from leadline.leads.models import Lead

REPEATED = (
    "owner_id",
    "team_id",
    "territory_id",
    "archived_at",
    "starred_at",
    "starred_until",
    "callback_at",
)
ZONED = {"time_zone", "phone", "country"}
_WHOSE = "owner_id, team_id, territory_id, archived_at"


def _following(table: str, columns: str) -> str:
    """Each row beside says what its lead says; locked in the order in which events lock them."""
    told = ", ".join(f"lead.{column}" for column in columns.split(", "))
    known = ", ".join(f"known.{column}" for column in columns.split(", "))
    return f"""
WITH held AS MATERIALIZED (
    SELECT known.lead_id, {told}, stage.kind AS stage_kind
      FROM {table} known JOIN leads_lead lead ON lead.id = known.lead_id
      JOIN leads_stage stage ON stage.id = lead.stage_id
     WHERE lead.id = ANY(%s::bigint[])
       AND ({known}, known.stage_kind) IS DISTINCT FROM ({told}, stage.kind)
     ORDER BY 1 FOR NO KEY UPDATE OF known
)
UPDATE {table} known SET ({columns}, stage_kind) = ({told.replace("lead.", "held.")}, held.stage_kind)
  FROM held WHERE known.lead_id = held.lead_id
"""


_FOLLOW = (
    _following("leads_pulse", f"{_WHOSE}, starred_at, starred_until, callback_at"),
    _following("leads_onplatform", _WHOSE),
)


def follow(ids: Iterable[int]) -> None:
    """Let the rows beside leads, their stays in stages and their callbacks say again what the leads say."""
    ids = list(ids)
    given = [array_of(ids)]
    with connection.cursor() as cursor:
        for statement in _FOLLOW:
            cursor.execute(statement, given)
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
