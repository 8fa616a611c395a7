"""Writing who came and who went: the difference between what is found and what is held, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from leadline.core import clock
from leadline.core.actions import Actor
from leadline.core.conditions import Context
from leadline.core.organisation import organisation
from leadline.core.sets import array_of
from leadline.segments.evaluating.asking import Asked, found_sql
from leadline.segments.kinds import Segmentable
from leadline.segments.parameters import named

# Work of the background on all records: sorted and hashed in memory. Each process gathers the figures of
# linked objects for itself, so a second one pays and a third does not.
_ROOM = "SET LOCAL work_mem = '256MB'; SET LOCAL max_parallel_workers_per_gather = 1; SET LOCAL jit = off"
_NO_ROOM = "RESET work_mem; RESET max_parallel_workers_per_gather; RESET jit"

# A segment's place among those asked is its bit.
_PLACES = """
    SELECT segment_id, (place - 1)::int AS place, is_new
      FROM unnest(%(segments)s::bigint[], %(new)s::boolean[])
           WITH ORDINALITY AS given(segment_id, is_new, place)
"""
_HELD = """
    SELECT m.record_id AS id, bit_or(1::bigint << places.place) AS mask
      FROM segments_member m JOIN ({places}) places ON places.segment_id = m.segment_id
     WHERE m.left_at IS NULL{among} GROUP BY m.record_id
"""
_WRITE = """
WITH places AS ({places}), found AS ({found}),
held AS ({held}), moved AS MATERIALIZED (
    SELECT coalesce(found.id, held.id) AS id,
           coalesce(found.mask, 0) & ~coalesce(held.mask, 0) AS came,
           coalesce(held.mask, 0) & ~coalesce(found.mask, 0) AS went
      FROM found FULL JOIN held ON held.id = found.id
     WHERE found.mask IS DISTINCT FROM held.mask
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
    found, params = found_sql(kind, asked, ids, context)
    text, values = named(found, params, values)
    held = _HELD.format(places=_PLACES, among=" AND m.record_id = ANY(%(ids)s::bigint[])")
    sql = _WRITE.format(places=_PLACES, found=text, held=held)
    return _rows(sql, {**values, "ids": array_of(ids)})


def _of_all(
    kind: Segmentable, asked: Sequence[Asked], values: dict[str, Any], context: Context
) -> list[tuple[Any, ...]]:
    """What is found and held first, by itself: a statement that writes may not use several processors."""
    found, params = found_sql(kind, asked, None, context)
    held = _HELD.format(places=_PLACES, among="")
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        for table, sql, given in (("segments_found", found, params), ("segments_held", held, values)):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
            cursor.execute(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS {sql}", given)
            cursor.execute(f"ANALYZE {table}")
    kept = {"found": "SELECT id, mask FROM segments_found", "held": "SELECT id, mask FROM segments_held"}
    rows = _rows(_WRITE.format(places=_PLACES, **kept), values)
    with connection.cursor() as cursor:
        cursor.execute(_NO_ROOM)
    return rows


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
