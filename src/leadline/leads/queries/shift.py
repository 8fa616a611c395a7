"""The end of a shift: which stars of today end, and which leads are starred for the next day (LEA-6)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from leadline.core.actions import Actor
from leadline.leads.actions.picking import within
from leadline.leads.calling import calling_hours, judged_by

# The next day is the next by the calendar where the lead is; a star holds until the calling hours end there.
# Callbacks that were missed are dealt anew: they come again on the next day.
_CHANGING = """
SELECT id, zone, until FROM (
  SELECT lead.id, zoned.zone, lead.starred_until,
         CASE WHEN lead.callback_at < (zoned.today + 2)::timestamp AT TIME ZONE zoned.zone
                   AND (lead.callback_at >= (zoned.today + 1)::timestamp AT TIME ZONE zoned.zone
                        OR lead.callback_at <= %(moment)s)
              THEN (zoned.today + 1 + %(ends)s::time) AT TIME ZONE zoned.zone END AS until
    FROM leads_pulse pulse
    JOIN leads_lead lead ON lead.id = pulse.lead_id
    JOIN leads_stage stage ON stage.id = lead.stage_id
   CROSS JOIN LATERAL (SELECT coalesce(nullif(lead.zone, ''), %(ours)s) AS zone) named
   CROSS JOIN LATERAL (SELECT named.zone, (%(moment)s AT TIME ZONE named.zone)::date AS today) zoned
   WHERE (pulse.callback_at IS NOT NULL OR pulse.starred_until IS NOT NULL)
     AND lead.archived_at IS NULL AND stage.kind = 'open' AND lead.id > %(after)s AND {scope}
) found WHERE starred_until IS NOT NULL OR until IS NOT NULL
"""


class Changing(NamedTuple):
    """A lead, its zone, and until when it is starred for the next day; None where its star just ends."""

    lead_id: int
    zone: str
    until: datetime | None


@dataclass(frozen=True)
class Shift:
    """What the end of the shift would change."""

    ending: int = 0
    starring: int = 0
    zones: list[tuple[str, int, datetime]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many leads it is about."""
        return self.ending + self.starring


def changing_at(
    moment: datetime, by: Actor, *, after: int = 0, limit: int | None = None
) -> Sequence[Changing]:
    """The leads that the end of the shift at a moment changes, within the actor's reach, by their keys."""
    scope, params = within("star", by).sql("lead")
    sql = _CHANGING.format(scope=_named(scope, len(params))) + " ORDER BY id"
    known = {f"scope{place}": value for place, value in enumerate(params)}
    known |= {"moment": moment, "ends": calling_hours().ends, "ours": judged_by(""), "after": after}
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {limit}" if limit else sql, known)
        return [Changing(*row) for row in cursor.fetchall()]


def shift_ending_at(moment: datetime, by: Actor) -> Shift:
    """What would change, counted by zone; nothing is written."""
    found = changing_at(moment, by)
    starred = [each for each in found if each.until is not None]
    counted = Counter((each.zone, each.until) for each in starred)
    zones = [(zone, count, until) for (zone, until), count in counted.most_common() if until is not None]
    return Shift(len(found) - len(starred), len(starred), zones)


def _named(scope: str, count: int) -> str:
    """The condition of a scope with names instead of places."""
    for place in range(count):
        scope = scope.replace("%s", f"%(scope{place})s", 1)
    return scope
