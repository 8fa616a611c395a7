"""Writing the rows of events."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from leadline.core.planned import planned
from leadline.platform.actions.counting import MATTERING
from leadline.platform.actions.users import Known
from leadline.platform.reading.events import Told

A_DAY = 86_400  # seconds
# An event that was forgotten among those seen is still there under the same key. Which ones were written is
# answered only where it is not all of them. Beside them one row says whose usage has to be counted, for each
# day (UTC) of a batch: another statement would cost more.
_KEEP = """
WITH kept AS (
    INSERT INTO platform_platformevent (id, at, user_id, kind, event_id, details, received_at)
    SELECT id, at, user_id, kind, event_id, details, %(now)s
      FROM json_to_recordset(%(rows)s::json) AS told
           (id bigint, at timestamptz, user_id bigint, kind text, event_id text, details jsonb)
        ON CONFLICT DO NOTHING RETURNING id, user_id
), due AS (
    INSERT INTO platform_usagedue (user_ids, first_at, last_at)
    SELECT user_ids, first_at, last_at FROM json_to_recordset(%(due)s::json) AS told
           (user_ids bigint[], first_at timestamptz, last_at timestamptz)
)
SELECT CASE WHEN count(*) < %(count)s
            THEN coalesce(json_agg(json_build_array(id, user_id)), '[]') END FROM kept
"""


def keep_events(told: Sequence[Told], users: Mapping[str, Known], *, at: datetime) -> list[Told]:
    """Write the events; returns those that were not there before."""
    if not told:
        return []
    rows = [
        {
            "id": one.key,
            "at": one.at.isoformat(),
            "user_id": users[one.user].id,
            "kind": one.kind.key,
            "event_id": one.event_id,
            "details": one.details,
        }
        for one in told
    ]
    due = json.dumps(_due(told, users))
    given: dict[str, Any] = {"now": at, "rows": json.dumps(rows), "count": len(told), "due": due}
    with planned() as cursor:
        cursor.execute(_KEEP, given)
        (some,) = cursor.fetchone()
    if some is None:
        return list(told)
    written = {(key, user) for key, user in some}
    return [one for one in told if (one.key, users[one.user].id) in written]


def _due(told: Sequence[Told], users: Mapping[str, Known]) -> list[dict[str, Any]]:
    """Whose usage has to be counted, for each day (UTC); of what was there already it is counted again."""
    days: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if one.kind.key in MATTERING:
            days[int(one.at.timestamp() // A_DAY)].append(one)
    return [
        {
            "user_ids": sorted({users[one.user].id for one in day}),
            "first_at": min(one.at for one in day).isoformat(),
            "last_at": max(one.at for one in day).isoformat(),
        }
        for day in days.values()
    ]
