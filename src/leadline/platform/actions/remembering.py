"""Which events came already: each id is claimed once, in the transaction that takes it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from leadline.core.planned import planned
from leadline.core.sets import array_of
from leadline.platform.reading.events import Told

# In the order of the keys, so that two batches that share events wait for each other and never cross. Which
# ones are new is answered only where it is not all of them.
_CLAIM = """
WITH claimed AS (
    INSERT INTO platform_seenevent (key, seen_at)
    SELECT key, %(now)s FROM unnest(%(keys)s::uuid[]) AS key ORDER BY key
        ON CONFLICT DO NOTHING RETURNING key
)
SELECT CASE WHEN count(*) < %(count)s THEN coalesce(array_agg(key), '{}') END FROM claimed
"""


def new_ones(told: Sequence[Told], *, at: datetime) -> list[Told]:
    """Those of a batch that never came before; of two with one id the first."""
    first = {one.digest: one for one in reversed(told)}
    if not first:
        return []
    keys = array_of(digest.hex() for digest in first)
    with planned() as cursor:
        cursor.execute(_CLAIM, {"now": at, "keys": keys, "count": len(first)})
        (some,) = cursor.fetchone()
    claimed = first.keys() if some is None else {key.bytes for key in some}
    return [one for one in told if first[one.digest] is one and one.digest in claimed]
