"""The triggers that keep roll-ups: one per table and verb, for a whole statement at a time.

They hold whose records these are (FOR SHARE) while they count, so that no record changes hands between the
count and the end of the transaction. Records are found one by one by their indexes: a plan that was made for
one row must not read a table of millions, and one for thousands may not either.
"""

from collections import defaultdict

from leadline.core.metrics.rollups.counting import (
    CELLS,
    MOVED,
    OWNERS,
    PLACES,
    SCOPED,
    STANDING,
    SUMS,
    WHOLE,
    counted_under,
    scoped_sql,
    tables_of,
    waits,
    whole_sql,
)
from leadline.core.metrics.rollups.declaring import Rollup, rollups
from leadline.core.metrics.rollups.moving import record_sql
from leadline.core.triggers import EVENTS, Family

FAMILY = Family("leadline_figures_", "SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off")
_NEW, _OLD = "SELECT 1 AS sign, n.* FROM new_rows n", "SELECT -1 AS sign, o.* FROM old_rows o"
_ROWS = {"created": f"({_NEW})", "changed": f"({_OLD} UNION ALL {_NEW})", "removed": f"({_OLD})"}
_OWNED = f"id, {', '.join(OWNERS)}"
_WERE, _ARE = f"SELECT {_OWNED} FROM old_rows", f"SELECT {_OWNED} FROM new_rows"
# Each once as it was and once as it is.
_SIGNED = f"SELECT -1 AS sign, {_OWNED} FROM old_rows UNION ALL SELECT 1, {_OWNED} FROM new_rows"
Bodies = dict[tuple[str, str], str]


def install() -> int:
    """Give every table that roll-ups ask its triggers, and take them from tables that they ask no more.

    Returns how many were made anew.
    """
    return FAMILY.install(bodies())


def bodies(*, of: Rollup | None = None) -> Bodies:
    """(table, verb) → what its function does, for all roll-ups or for one of them."""
    steps: dict[tuple[str, str], list[str]] = defaultdict(list)
    for rollup in [of] if of else rollups():
        for verb in EVENTS:
            steps[rollup.table, verb].append(_counted(rollup, verb))
        for place, way in enumerate(rollup.ways):
            steps[way.table, "changed"].append(_changed_hands(rollup, place))
            steps[way.table, "removed"].append(_removed(rollup, place))
    return {
        name: f" DECLARE kept {STANDING}%ROWTYPE; BEGIN {' '.join(parts)} RETURN NULL; END "
        for name, parts in steps.items()
    }


def _counted(rollup: Rollup, verb: str) -> str:
    """Records come, change and go: their counts with them."""
    rows, source = _ROWS[verb], f"{_ROWS[verb]} AS {rollup.table}"
    held = " ".join(
        f"PERFORM FROM {way.table} held WHERE held.id IN (SELECT {way.column} FROM {rows} named)"
        " ORDER BY held.id FOR SHARE;"
        for way in rollup.ways
    )
    cells = {WHOLE: whole_sql, SCOPED: scoped_sql}
    inserts = " ".join(_insert(rollup, table, cells[table](rollup, source)) for table in tables_of(rollup))
    return _if_kept(rollup, f"{held} {inserts}")


def _changed_hands(rollup: Rollup, place: int) -> str:
    """What they hang on changes hands: the counts of its records wait to be moved."""
    recorded = _if_kept(rollup, record_sql(rollup, place, _SIGNED))
    return f"IF EXISTS ({_WERE} EXCEPT {_ARE}) THEN {recorded} END IF;"


def _removed(rollup: Rollup, place: int) -> str:
    """What they hang on is removed: records that stay are nobody's by it."""
    were = ", ".join(f"{counted_under(place, f'gone.{column}', column)} AS {column}" for column in OWNERS)
    nobody = ", ".join(["NULL::bigint"] * len(OWNERS))
    table, at = rollup.table, rollup.at
    source = (
        f"(SELECT -1 AS sign, gone.id, {were} FROM old_rows gone"
        f" LEFT JOIN {waits(rollup, place, 'gone.id')}"
        f" UNION ALL SELECT 1, gone.id, {nobody} FROM old_rows gone) moved"
        f" JOIN {table} ON {table}.{rollup.ways[place].column} = moved.id AND {table}.{at} >= kept.begins_at"
    )
    named = f"('{rollup.kind}', '{PLACES[place]}', gone.id)"
    return _if_kept(
        rollup,
        f"{_insert(rollup, SCOPED, scoped_sql(rollup, source, moved=place))}"
        f" DELETE FROM {MOVED} m USING old_rows gone WHERE (m.kind, m.place, m.id) = {named};",
    )


def _insert(rollup: Rollup, table: str, cells: str) -> str:
    return (
        f"INSERT INTO {table} ({CELLS[table]}, {', '.join(SUMS[table])}, kind)"
        f" SELECT cells.*, '{rollup.kind}' FROM ({cells}) cells;"
    )


def _if_kept(rollup: Rollup, what: str) -> str:
    return f"SELECT * INTO kept FROM {STANDING} WHERE kind = '{rollup.kind}'; IF FOUND THEN {what} END IF;"
