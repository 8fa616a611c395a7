"""The triggers that keep roll-ups: one per table and verb, for a whole statement at a time.

They hold whose records these are (FOR SHARE) while they count, so that no record changes hands between the
count and the end of the transaction. Records are found one by one by their indexes: a plan that was made for
one row must not read a table of millions, and one for thousands may not either.
"""

from collections import defaultdict

from leadline.core.metrics.rollups.counting import (
    CELLS,
    OWNERS,
    SCOPED,
    STANDING,
    WHOLE,
    scoped_sql,
    whole_sql,
)
from leadline.core.metrics.rollups.declaring import Rollup, rollups
from leadline.core.triggers import EVENTS, Family

FAMILY = Family("leadline_figures_", "SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off")
_NEW, _OLD = "SELECT 1 AS sign, n.* FROM new_rows n", "SELECT -1 AS sign, o.* FROM old_rows o"
_ROWS = {"created": f"({_NEW})", "changed": f"({_OLD} UNION ALL {_NEW})", "removed": f"({_OLD})"}
_OWNED = f"id, {', '.join(OWNERS)}"
_WERE, _ARE = f"SELECT {_OWNED} FROM old_rows", f"SELECT {_OWNED} FROM new_rows"
# What changed hands, once as it was and once as it is; what is removed is nobody's then.
_SIGNED = {
    "changed": (
        f"SELECT -1 AS sign, e.* FROM ({_WERE} EXCEPT {_ARE}) e"
        f" UNION ALL SELECT 1, e.* FROM ({_ARE} EXCEPT {_WERE}) e"
    ),
    "removed": f"SELECT -1 AS sign, e.* FROM ({_WERE}) e",
}
# Both in one row, so that the records of each are looked up once.
_OLD_AND_NEW = ", ".join(
    f"max({column}) FILTER (WHERE sign {side} 0) AS {name}_{column}"
    for name, side in (("old", "<"), ("new", ">"))
    for column in OWNERS
)
_SIDES = ", ".join(
    f"({sign}, {', '.join(f'both_sides.{name}_{column}' for column in OWNERS)})"
    for name, sign in (("old", -1), ("new", 1))
)
Bodies = dict[tuple[str, str], str]


def install() -> None:
    """Give every table that roll-ups ask its triggers, and take them from tables that they ask no more."""
    FAMILY.install(bodies())


def bodies() -> Bodies:
    """(table, verb) → what its function does."""
    steps: dict[tuple[str, str], list[str]] = defaultdict(list)
    for rollup in rollups():
        for verb in EVENTS:
            steps[rollup.table, verb].append(_counted(rollup, verb))
        for place, way in enumerate(rollup.ways):
            for verb in _SIGNED:
                steps[way.table, verb].append(_moved(rollup, place, verb))
    return {
        name: f" DECLARE kept {STANDING}%ROWTYPE; BEGIN {' '.join(parts)} RETURN NULL; END "
        for name, parts in steps.items()
    }


def _counted(rollup: Rollup, verb: str) -> str:
    """Records come, change and go: their counts with them."""
    rows = _ROWS[verb]
    held = " ".join(
        f"PERFORM FROM {way.table} held WHERE held.id IN (SELECT {way.column} FROM {rows} named)"
        " ORDER BY held.id FOR SHARE;"
        for way in rollup.ways
    )
    return _if_kept(
        rollup,
        f"{held} {_insert(rollup, WHOLE, whole_sql(rollup, rows))}"
        f" {_insert(rollup, SCOPED, scoped_sql(rollup, rows))}",
    )


def _moved(rollup: Rollup, place: int, verb: str) -> str:
    """What they hang on changes hands: the counts of its records do."""
    column = rollup.ways[place].column
    rows = (
        f"(SELECT id, {_OLD_AND_NEW} FROM ({_SIGNED[verb]}) signed GROUP BY id) both_sides"
        f" JOIN {rollup.table} ON {rollup.table}.{column} = both_sides.id"
        f" AND {rollup.table}.{rollup.at} >= kept.begins_at"
        f" CROSS JOIN LATERAL (VALUES {_SIDES}) moved(sign, {', '.join(OWNERS)})"
    )
    ways = ["moved" if each == place else "" for each in range(len(rollup.ways))]
    insert = _insert(rollup, SCOPED, scoped_sql(rollup, rows, ways=ways, beside=" "))
    if verb == "removed":
        return _if_kept(rollup, insert)
    return f"IF EXISTS ({_WERE} EXCEPT {_ARE}) THEN {_if_kept(rollup, insert)} END IF;"


def _insert(rollup: Rollup, table: str, cells: str) -> str:
    return (
        f"INSERT INTO {table} ({CELLS[table]}, n, part, kind)"
        f" SELECT cells.*, '{rollup.kind}' FROM ({cells}) cells;"
    )


def _if_kept(rollup: Rollup, what: str) -> str:
    return f"SELECT * INTO kept FROM {STANDING} WHERE kind = '{rollup.kind}'; IF FOUND THEN {what} END IF;"
