"""What changes hands: its counts stay under whom it belonged to until they are moved in the background.

`core_figure_moved` keeps both, one row for each record, so that thousands change hands as fast as they
are written. Until `move` has been there, records are counted under whom they belonged to (`scoped_sql`), and
whoever asks gets the difference added (`waiting_sql`): a figure is right at every moment (design 4.8).
"""

from functools import cache

from django.db import connection, transaction

from leadline.core.jobs.running import stopping
from leadline.core.lists.scope import Sql
from leadline.core.metrics.rollups.counting import (
    CELLS,
    MOVED,
    OWNERS,
    PLACES,
    SCOPED,
    STANDING,
    scoped_sql,
)
from leadline.core.metrics.rollups.declaring import Rollup, rollups

PORTION = 500  # records; for so many others wait a moment only
_LOCK = "leadline.figures.moving"
_MARK = "reached_by_somebody"
_WAS = ", ".join(f"was_{column}" for column in OWNERS)
_NOW = ", ".join(f"now_{column}" for column in OWNERS)


def move() -> int:
    """Move the counts of all that changed hands; in how many records that was.

    What somebody changes just now is left for the next time, and all of it when another process moves. A
    worker that was asked to stop ends after a portion.
    """
    moved = 0
    for rollup in rollups():
        for place in range(len(rollup.ways)):
            while not stopping.is_set() and (portion := _move_some(rollup, place)):
                moved += portion
    return moved


def record_sql(rollup: Rollup, place: int, signed: str) -> str:
    """For a trigger: notes what changed hands, out of rows signed -1 as they were and 1 as they are.

    What waits already goes on standing under whom it is counted under.
    """
    was, now = (
        ", ".join(f"max({column}) FILTER (WHERE sign = {sign})" for column in OWNERS) for sign in (-1, 1)
    )
    return (
        f"INSERT INTO {MOVED} (kind, place, id, {_WAS}, {_NOW})"
        f" SELECT '{rollup.kind}', '{PLACES[place]}', id, {was}, {now} FROM ({signed}) signed"
        f" GROUP BY id HAVING ({was}) IS DISTINCT FROM ({now})"
        f" ON CONFLICT (kind, place, id) DO UPDATE SET ({_NOW}) ="
        f" ({', '.join(f'excluded.now_{column}' for column in OWNERS)});"
    )


def waiting_sql(rollup: Rollup, side: Sql, cells: Sql) -> Sql | None:
    """Cells that make of the counts as they stand those of now, for who reaches some of them.

    Who that is say a condition on `side` and one on `cells`, both with the columns of owners of
    `core_figure_scoped`. None where nothing waits that came into reach or left it, as nearly always: that is
    asked first, for only planning the way to its records takes milliseconds.
    """
    if not _any_waits(rollup, side):
        return None
    selects = [
        _waiting(rollup, place).format(side=side[0], cells=cells[0]) for place in range(len(rollup.ways))
    ]
    return " UNION ALL ".join(selects), [*side[1], *cells[1]] * len(selects)


def _any_waits(rollup: Rollup, side: Sql) -> bool:
    reached = " OR ".join(
        f"place = '{PLACES[place]}' AND {_reached(place).format(side=side[0])}"
        for place in range(len(rollup.ways))
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT FROM {MOVED} WHERE kind = '{rollup.kind}' AND ({reached}))",
            side[1] * len(rollup.ways),
        )
        return bool(cursor.fetchone()[0])


@cache
def _waiting(rollup: Rollup, place: int) -> str:
    """For one way, with places for the two conditions.

    Ways are gone one after the other: by the first, the other is as it is counted; by the second, the first
    is as it is now.
    """
    cells = scoped_sql(rollup, _source(rollup, place, _MARK), moved=place, present=place > 0)
    return (
        _as_template(
            f"SELECT cells.* FROM {STANDING} kept CROSS JOIN LATERAL ({cells})"
            f" cells({CELLS[SCOPED]}, n, part) WHERE kept.kind = '{rollup.kind}' AND "
        ).replace(_MARK, _reached(place))
        + "{cells}"
    )


def _reached(place: int) -> str:
    """Whether what waits was or is within reach; with a place for the condition."""
    sides = " UNION ALL ".join(f"SELECT {_as_owners(when, place)}" for when in ("was", "now"))
    return f"EXISTS (SELECT FROM ({sides}) side WHERE {{side}})"


def _as_template(sql: str) -> str:
    """Finished SQL within such as has places for values."""
    return sql.replace("%", "%%").replace("{", "{{").replace("}", "}}")


def _as_owners(when: str, place: int) -> str:
    """One side of what changed hands, in columns as cells have them."""
    return ", ".join(
        f"{f'{when}_{column}' if each == PLACES[place] else 'NULL::bigint'} AS {each}_{column}"
        for each in PLACES
        for column in OWNERS
    )


def _source(rollup: Rollup, place: int, which: str) -> str:
    """The records of what changed hands, once as it was and once as it is."""
    return (
        f"(SELECT * FROM {MOVED} WHERE kind = '{rollup.kind}' AND place = '{PLACES[place]}' AND {which}"
        f" AND ({_WAS}) IS DISTINCT FROM ({_NOW})) waiting"
        f" JOIN {rollup.table} ON {rollup.table}.{rollup.ways[place].column} = waiting.id"
        f" AND {rollup.table}.{rollup.at} >= kept.begins_at"
        f" CROSS JOIN LATERAL (VALUES (-1, {_WAS}), (1, {_NOW})) moved(sign, {', '.join(OWNERS)})"
    )


def _move_some(rollup: Rollup, place: int) -> int:
    """A portion, in one transaction: nobody who counts comes in between, as they hold the same rows."""
    of_this = f"(m.kind, m.place) = ('{rollup.kind}', '{PLACES[place]}')"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(
            f"SELECT m.id FROM {MOVED} m JOIN {rollup.ways[place].table} held ON held.id = m.id"
            f" WHERE {of_this} ORDER BY m.id LIMIT {PORTION} FOR NO KEY UPDATE OF held SKIP LOCKED"
        )
        ids = [row[0] for row in cursor.fetchall()]
        if not ids:
            return 0
        which = f"id = ANY('{{{', '.join(map(str, ids))}}}')"
        cells = scoped_sql(rollup, _source(rollup, place, which), moved=place)
        cursor.execute(
            f"INSERT INTO {SCOPED} ({CELLS[SCOPED]}, n, part, kind) SELECT cells.*, kept.kind"
            f" FROM {STANDING} kept CROSS JOIN LATERAL ({cells}) cells WHERE kept.kind = '{rollup.kind}'"
        )
        cursor.execute(f"DELETE FROM {MOVED} m WHERE {of_this} AND {which}")
    return len(ids)
