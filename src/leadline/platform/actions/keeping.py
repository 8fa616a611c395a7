"""Writing the rows of events."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection

from leadline.platform.actions.users import Known
from leadline.platform.reading.events import Told

# An event that was forgotten among those seen is still there under the same key.
_KEEP = """
INSERT INTO platform_platformevent (id, at, user_id, kind, event_id, details, received_at)
SELECT id, at, user_id, kind, event_id, details, %s
  FROM json_to_recordset(%s::json) AS told
       (id bigint, at timestamptz, user_id bigint, kind text, event_id text, details jsonb)
    ON CONFLICT DO NOTHING RETURNING id, user_id
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
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [at, json.dumps(rows)])
        if cursor.rowcount == len(told):
            return list(told)
        written = set(cursor.fetchall())
    return [one for one in told if (one.key, users[one.user].id) in written]
