"""Writing the rows of events."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from leadline.core.planned import planned
from leadline.platform.actions.counting import MATTERING
from leadline.platform.actions.users import Known
from leadline.platform.reading.events import Told

# An event that was forgotten among those seen is still there under the same key. Which ones were written is
# answered only where it is not all of them. Beside them one row says whose usage has to be counted, for each
# day (UTC) of a batch: another statement would cost more.
_KEEP = """
WITH kept AS (
    INSERT INTO platform_platformevent (id, at, user_id, kind, event_id, details, received_at)
    SELECT id, at, user_id, kind, event_id, details, %(now)s
      FROM json_to_recordset(%(rows)s::json) AS told
           (id bigint, at timestamptz, user_id bigint, kind text, event_id text, details jsonb)
        ON CONFLICT DO NOTHING RETURNING id, user_id, at, kind
), due AS (
    INSERT INTO platform_usagedue (user_ids, first_at, last_at)
    SELECT array_agg(DISTINCT user_id), min(at), max(at) FROM kept WHERE kind = ANY(%(mattering)s)
     GROUP BY (at AT TIME ZONE 'UTC')::date
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
    given: dict[str, Any] = {"now": at, "rows": json.dumps(rows), "count": len(told), "mattering": MATTERING}
    with planned() as cursor:
        cursor.execute(_KEEP, given)
        (some,) = cursor.fetchone()
    if some is None:
        return list(told)
    written = {(key, user) for key, user in some}
    return [one for one in told if (one.key, users[one.user].id) in written]
