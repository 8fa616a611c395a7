"""Which events came already: each id is claimed once, in the transaction that takes it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from leadline.core.sets import array_of
from leadline.platform.reading.events import Told

# In the order of the keys, so that two batches that share events wait for each other and never cross.
_CLAIM = """
INSERT INTO platform_seenevent (key, seen_at)
SELECT key, %s FROM unnest(%s::uuid[]) AS key ORDER BY key
    ON CONFLICT DO NOTHING RETURNING key
"""


def new_ones(told: Sequence[Told], *, at: datetime) -> list[Told]:
    """Those of a batch that never came before; of two with one id the first."""
    first = {one.digest: one for one in reversed(told)}
    if not first:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [at, array_of(digest.hex() for digest in first)])
        claimed = {key.bytes for (key,) in cursor.fetchall()}
    return [one for one in told if first[one.digest] is one and one.digest in claimed]
