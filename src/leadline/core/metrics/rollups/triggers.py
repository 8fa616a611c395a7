"""The triggers that keep roll-ups: one per table and verb, for a whole statement at a time.

They hold whose records these are (FOR SHARE) while they count, so that no record changes hands between the
count and the end of the transaction. Records are found one by one by their indexes: a plan that was made for
one row must not read a table of millions, and one for thousands may not either.
"""

import hashlib
from collections import defaultdict

from django.db import connection, transaction

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

_PREFIX = "leadline_figures_"
_SETTINGS = "SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off"
_EVENTS = {
    "created": ("INSERT", "REFERENCING NEW TABLE AS new_rows"),
    "changed": ("UPDATE", "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"),
    "removed": ("DELETE", "REFERENCING OLD TABLE AS old_rows"),
}
_NEW, _OLD = "SELECT 1 AS sign, n.* FROM new_rows n", "SELECT -1 AS sign, o.* FROM old_rows o"
_ROWS = {"created": f"({_NEW})", "changed": f"({_OLD} UNION ALL {_NEW})", "removed": f"({_OLD})"}
_OWNED = f"id, {', '.join(OWNERS)}"
_WERE, _ARE = f"SELECT {_OWNED} FROM old_rows", f"SELECT {_OWNED} FROM new_rows"
# What changed hands, once as it was and once as it is; what is removed is nobody's then.
_MOVED = {
    "changed": (
        f"SELECT -1 AS sign, e.* FROM ({_WERE} EXCEPT {_ARE}) e"
        f" UNION ALL SELECT 1, e.* FROM ({_ARE} EXCEPT {_WERE}) e"
    ),
    "removed": (
        f"SELECT -1 AS sign, e.* FROM ({_WERE}) e UNION ALL"
        " SELECT 1, o.id, NULL::bigint, NULL::bigint, NULL::bigint FROM old_rows o"
    ),
}
Bodies = dict[tuple[str, str], str]


def install() -> None:
    """Give every table that roll-ups ask its triggers, and take them from tables that they ask no more."""
    with transaction.atomic():
        wanted, there = bodies(), _installed()
        for table, verb in [name for name in there if name not in wanted]:
            _run(f"DROP FUNCTION {_function(table, verb)}() CASCADE")
        for (table, verb), body in wanted.items():
            if there.get((table, verb)) != fingerprint(body):
                _make(table, verb, body)


def bodies() -> Bodies:
    """(table, verb) → what its function does."""
    steps: dict[tuple[str, str], list[str]] = defaultdict(list)
    for rollup in rollups():
        for verb in _EVENTS:
            steps[rollup.table, verb].append(_counted(rollup, verb))
        for place, way in enumerate(rollup.ways):
            for verb in _MOVED:
                steps[way.table, verb].append(_moved(rollup, place, verb))
    return {
        name: f" DECLARE kept {STANDING}%ROWTYPE; BEGIN {' '.join(parts)} RETURN NULL; END "
        for name, parts in steps.items()
    }


def fingerprint(text: str) -> str:
    """By what a function is known to be the one that is wanted."""
    return hashlib.sha256(f"{_SETTINGS}{text}".encode()).hexdigest()


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
        f"({_MOVED[verb]}) moved JOIN {rollup.table} ON {rollup.table}.{column} = moved.id"
        f" AND {rollup.table}.{rollup.at} >= kept.begins_at"
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


def _installed() -> dict[tuple[str, str], str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname, coalesce(obj_description(t.tgfoid, 'pg_proc'), '') FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgparentid = 0 AND t.tgname ^@ %s"
            " AND pg_table_is_visible(c.oid)",
            [_PREFIX],
        )
        return {(table, name.removeprefix(_PREFIX)): made for table, name, made in cursor.fetchall()}


def _make(table: str, verb: str, body: str) -> None:
    event, rows = _EVENTS[verb]
    function = _function(table, verb)
    _run(
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql {_SETTINGS}"
        f" AS $f${body}$f$"
    )
    _run(f"COMMENT ON FUNCTION {function}() IS '{fingerprint(body)}'")
    _run(
        f"CREATE OR REPLACE TRIGGER {_PREFIX}{verb} AFTER {event} ON {table} {rows}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    )


def _function(table: str, verb: str) -> str:
    return f"{_PREFIX}{table}_{verb}"


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
