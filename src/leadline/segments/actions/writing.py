"""Writing who came and who went: the difference between what is found and what is held, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from leadline.core import clock
from leadline.core.actions import Actor
from leadline.core.conditions import Context
from leadline.core.conditions.gathering import Among, Half, Some
from leadline.core.organisation import organisation
from leadline.segments.evaluating.asking import Asked, found_sql
from leadline.segments.kinds import Segmentable
from leadline.segments.parameters import named

# Work of the background on all records: sorted and hashed in memory, two halves of the records beside each
# other. A table is not divided any further: what is gathered of linked objects would be gathered by each.
_ROOM = """
SET LOCAL work_mem = '256MB'; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL min_parallel_table_scan_size = '1TB'; SET LOCAL min_parallel_index_scan_size = '1TB'
"""
_NO_ROOM = """
RESET work_mem; RESET jit; RESET max_parallel_workers_per_gather;
RESET min_parallel_table_scan_size; RESET min_parallel_index_scan_size
"""

# A segment's place among those asked is its bit.
_PLACES = """
    SELECT segment_id, (place - 1)::int AS place, is_new
      FROM unnest(%(segments)s::bigint[], %(new)s::boolean[])
           WITH ORDINALITY AS given(segment_id, is_new, place)
"""
_HELD = f"""
    SELECT m.record_id AS id, bit_or(1::bigint << places.place) AS mask
      FROM segments_member m JOIN ({_PLACES}) places ON places.segment_id = m.segment_id
     WHERE m.left_at IS NULL AND {{within}} GROUP BY m.record_id
"""
# The mask of what is found is reckoned once, as a full join may miss it.
_MOVED = """
    SELECT coalesce(found.id, held.id) AS id,
           coalesce(found.mask, 0) & ~coalesce(held.mask, 0) AS came,
           coalesce(held.mask, 0) & ~coalesce(found.mask, 0) AS went
      FROM ({found}) AS found FULL JOIN ({held}) AS held ON held.id = found.id
     WHERE coalesce(found.mask, 0) <> coalesce(held.mask, 0)
"""
_WRITE = f"""
WITH places AS ({_PLACES}), moved AS MATERIALIZED ({{moved}}
), going AS (
    UPDATE segments_member m SET left_at = %(now)s, left_by_id = %(who)s
      FROM moved JOIN places ON moved.went >> places.place & 1 = 1
     WHERE m.segment_id = places.segment_id AND m.record_id = moved.id AND m.left_at IS NULL
    RETURNING m.segment_id, m.record_id
), coming AS (
    INSERT INTO segments_member (segment_id, record_id, joined_at, joined_by_id)
    SELECT places.segment_id, moved.id, %(now)s, %(who)s
      FROM moved JOIN places ON moved.came >> places.place & 1 = 1
     ORDER BY places.segment_id, moved.id
    ON CONFLICT (segment_id, record_id) WHERE left_at IS NULL DO NOTHING
    RETURNING segment_id, record_id
)
SELECT segment_id, came, count(*), array_agg(record_id) FILTER (WHERE NOT is_new) FROM (
    SELECT segment_id, record_id, true AS came FROM coming
    UNION ALL SELECT segment_id, record_id, false FROM going
) AS told JOIN places USING (segment_id) GROUP BY segment_id, came
"""
_SIZES = """
UPDATE segments_standing s SET size = s.size + told.came - told.went
  FROM unnest(%(segments)s::bigint[], %(came)s::int[], %(went)s::int[]) AS told(segment_id, came, went)
 WHERE s.segment_id = told.segment_id
"""
_DAYS = """
INSERT INTO segments_day (segment_id, day, size, joined, "left")
SELECT s.segment_id, %(day)s, s.size, told.came, told.went
  FROM unnest(%(segments)s::bigint[], %(came)s::int[], %(went)s::int[]) AS told(segment_id, came, went)
  JOIN segments_standing s USING (segment_id)
ON CONFLICT (segment_id, day) DO UPDATE
   SET size = excluded.size, joined = segments_day.joined + excluded.joined,
       "left" = segments_day."left" + excluded."left"
"""


@dataclass
class Moved:
    """Who came into a segment of a kind and who went; of its first members only how many."""

    kind: str
    came: int = 0
    went: int = 0
    joined: Sequence[int] = ()
    left: Sequence[int] = ()

    @property
    def is_told(self) -> bool:
        """Whether all who came and went are named."""
        return self.came == len(self.joined) and self.went == len(self.left)


def write_members(
    kind: Segmentable,
    asked: Sequence[Asked],
    ids: Sequence[int] | None,
    *,
    new: frozenset[int],
    by: Actor,
    context: Context,
) -> dict[int, Moved]:
    """Make the members of segments of a kind what their rules say now, for some records or for all.

    The caller holds the locks of their standings. `new` are those whose first members these are.
    """
    by_hand = by.user and not by.user.is_system and not any(one.rule for one in asked)
    values: dict[str, Any] = {
        "segments": [one.segment.pk for one in asked],
        "new": [one.segment.pk in new for one in asked],
        "now": context.now,
        "who": by.user.pk if by_hand else None,
    }
    rows = (
        _of_some(kind, asked, ids, values, context)
        if ids is not None
        else _of_all(kind, asked, values, context)
    )
    moved = {one.segment.pk: Moved(kind.kind) for one in asked}
    for key, came, count, records in rows:
        if came:
            moved[key].came, moved[key].joined = count, records or ()
        else:
            moved[key].went, moved[key].left = count, records or ()
    _keep_sizes(moved, organisation_day(context.now))
    return moved


def organisation_day(moment: datetime) -> date:
    """The day it is in the organisation's zone."""
    return moment.astimezone(clock.zone_of(organisation().time_zone)).date()


def _of_some(
    kind: Segmentable, asked: Sequence[Asked], ids: Sequence[int], values: dict[str, Any], context: Context
) -> list[tuple[Any, ...]]:
    moved, values = _moved_sql(kind, asked, Some(ids), values, context)
    return _rows(_WRITE.format(moved=moved), values)


def _of_all(
    kind: Segmentable, asked: Sequence[Asked], values: dict[str, Any], context: Context
) -> list[tuple[Any, ...]]:
    """Who moved is found first, by itself: a statement that writes may not use several processors."""
    middle = _middle_of(kind)
    lower, given = _moved_sql(kind, asked, Half(middle, is_upper=False), values, context)
    upper, given = _moved_sql(kind, asked, Half(middle, is_upper=True), given, context)
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute("DROP TABLE IF EXISTS segments_moved")
        cursor.execute(
            f"CREATE TEMPORARY TABLE segments_moved ON COMMIT DROP AS {lower} UNION ALL {upper}", given
        )
        many = cursor.rowcount
        cursor.execute("ANALYZE segments_moved")
    rows = _rows(_WRITE.format(moved="SELECT id, came, went FROM segments_moved"), values) if many else []
    with connection.cursor() as cursor:
        cursor.execute(_NO_ROOM)
    return rows


def _moved_sql(
    kind: Segmentable, asked: Sequence[Asked], among: Among, values: dict[str, Any], context: Context
) -> tuple[str, dict[str, Any]]:
    """Which of some records come and go, a bit for each segment; with the parameters added to `values`."""
    found, values = named(*found_sql(kind, asked, among, context), values)
    within, params = among.test("m.record_id")
    held, values = named(_HELD.format(within=within), params, values)
    return _MOVED.format(found=found, held=held), values


def _middle_of(kind: Segmentable) -> int:
    """An id below which about half of the records are."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT (min({kind.about.id}) + max({kind.about.id})) / 2 FROM {kind.about.table}")
        return cursor.fetchone()[0] or 0


def _keep_sizes(moved: dict[int, Moved], day: date) -> None:
    changed = {key: each for key, each in moved.items() if each.came or each.went}
    if not changed:
        return
    values: dict[str, Any] = {
        "segments": list(changed),
        "came": [each.came for each in changed.values()],
        "went": [each.went for each in changed.values()],
        "day": day,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SIZES, values)
        cursor.execute(_DAYS, values)


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
