"""Moving what hangs on merged records to the survivor, and back again (CUS-23)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.formats import counted
from leadline.core.history import Tracking, tracked_models
from leadline.core.merging.attached import Attached, Merging, Moved, attached_to
from leadline.core.merging.models import Merge
from leadline.core.sets import array_of

_TOUCHED = {"version": "version = version + 1", "updated_at": "updated_at = now()"}


@action
def move_attached(merging: Merging, *, later: bool = False, by: Actor) -> tuple[Merge, list[str]]:
    """Move all that hangs on the merged records; returns what was kept of it, and what to tell a person.

    With `later` the portioned rows are only counted: `move_portion` moves them afterwards. The caller has
    locked the records.
    """
    merge = Merge(
        kind=merging.kind,
        survivor_id=merging.survivor,
        merged_ids=list(merging.others),
        within=list(merging.within),
        change_set_id=by.change_set,
        merged_by=by.user,
        merged_at=now(),
    )
    told: list[str] = []
    for entry in attached_to(merging.kind):
        moved = (
            Moved(waiting_rows(merging, [entry])) if later and entry.portioned else _move(entry, merging, by)
        )
        told += moved.told
        if moved.count:
            merge.counts[entry.key] = moved.count
        if moved.kept is not None:
            merge.kept[entry.key] = moved.kept
    merge.save()
    return merge, told


@action
def move_portion(merging: Merging, *, limit: int, by: Actor) -> int:
    """Move the next of the rows that can be many; returns how many moved, none when there are no more."""
    for entry in attached_to(merging.kind):
        if entry.portioned and (count := _change_column(entry, merging, limit)):
            return count
    return 0


def waiting_rows(merging: Merging, entries: Iterable[Attached] | None = None) -> int:
    """How many portioned rows still hang on the merged records."""
    total = 0
    for entry in attached_to(merging.kind) if entries is None else entries:
        if entry.portioned:
            condition, values = _hanging(entry, merging)
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {entry.table._meta.db_table} WHERE {condition}", values)
                total += cursor.fetchone()[0]
    return total


def bring_back(merge: Merge, by: Actor) -> None:
    """Give rows without history back to the records they hung on, where they still hang on the survivor."""
    merging = Merging(merge.kind, merge.survivor_id, tuple(merge.merged_ids), tuple(merge.within))
    for entry in attached_to(merge.kind):
        kept = merge.kept.get(entry.key)
        if kept is not None and entry.back:
            entry.back(merging, kept, by=by)
        elif kept:
            _column_back(entry, merging, kept)


def _move(entry: Attached, merging: Merging, by: Actor) -> Moved:
    if entry.stays:
        return Moved()
    if entry.move:
        return entry.move(merging, by=by)
    if entry.once:
        return _move_where_free(entry, merging)
    if comes_back_by_history(entry):
        return Moved(_change_column(entry, merging))
    kept = _hanging_rows(entry, merging)
    return Moved(_change_column(entry, merging), kept=kept if kept or entry.back else None)


def _move_where_free(entry: Attached, merging: Merging) -> Moved:
    """Move what the survivor may have beside its own; the rest stays, so that both are kept."""
    free = _hanging_rows(entry, merging, free=True)
    taken = sum(map(len, _hanging_rows(entry, merging).values())) - sum(map(len, free.values()))
    _set_record(entry, merging.survivor, [row for rows in free.values() for row in rows])
    told = [counted(entry.both, taken)] if taken and entry.both else []
    kept = None if comes_back_by_history(entry) else free
    return Moved(sum(map(len, free.values())), told, kept)


def _change_column(entry: Attached, merging: Merging, limit: int | None = None) -> int:
    table, key = _table_and_key(entry)
    condition, values = _hanging(entry, merging)
    some, more = "", []
    if limit is not None:
        some, more = f" AND {key} IN (SELECT {key} FROM {table} WHERE {condition} LIMIT %s)", [*values, limit]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {_sets(entry)} WHERE {condition}{some}", [merging.survivor, *values, *more]
        )
        return cursor.rowcount


def _set_record(entry: Attached, record: int, rows: Sequence[int]) -> None:
    table, key = _table_and_key(entry)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {_sets(entry)} WHERE {key} = ANY(%s::bigint[])", [record, array_of(rows)]
        )


def _sets(entry: Attached) -> str:
    columns = {field.column for field in entry.table._meta.local_concrete_fields}
    touched = (sql for column, sql in _TOUCHED.items() if column in columns)
    return ", ".join([f"{entry.column} = %s", *touched])


def _hanging(entry: Attached, merging: Merging) -> tuple[str, list[Any]]:
    """SQL of the rows that hang on the merged records."""
    condition, values = f"{entry.column} = ANY(%s::bigint[])", [array_of(merging.others)]
    if entry.kind_column:
        condition, values = f"{condition} AND {entry.kind_column} = %s", [*values, merging.kind]
    if entry.within:
        within = array_of(merging.within)
        condition, values = f"{condition} AND {entry.within} = ANY(%s::bigint[])", [*values, within]
    return condition, values


def _hanging_rows(entry: Attached, merging: Merging, *, free: bool = False) -> dict[str, list[int]]:
    """Record → the rows that hang on it; only those with which no unique rule interferes when asked so."""
    table, key = _table_and_key(entry)
    condition, values = _hanging(entry, merging)
    found: dict[str, list[int]] = {}
    sql = f"SELECT {entry.column}, {key} FROM {table} WHERE {condition} ORDER BY {key} FOR UPDATE"
    if free:
        sql, more = _free(entry, merging, condition)
        values = [*values, *more]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for record, row in cursor.fetchall():
            found.setdefault(str(record), []).append(row)
    return found


def _free(entry: Attached, merging: Merging, condition: str) -> tuple[str, list[Any]]:
    """SQL of the rows that may move: the first of each that a unique rule allows once, if it is not there."""
    table, key = _table_and_key(entry)
    once = ", ".join(entry.once)
    kinds = f" AND own.{entry.kind_column} = %s" if entry.kind_column else ""
    same = " AND ".join(f"own.{column} = hanging.{column}" for column in entry.once)
    there = (
        f"SELECT FROM (SELECT * FROM {table} WHERE {entry.when}) own"
        f" WHERE own.{entry.column} = %s{kinds}{' AND ' + same if same else ''}"
    )
    sql = (
        f"SELECT {entry.column}, {key} FROM (SELECT *, ({entry.when}) AS ruled,"
        f" row_number() OVER (PARTITION BY ({entry.when}), {once} ORDER BY {key}) AS place"
        f" FROM {table} WHERE {condition}) hanging"
        f" WHERE NOT ruled OR (place = 1 AND NOT EXISTS ({there})) ORDER BY {key}"
    )
    return sql, [merging.survivor, *([merging.kind] if entry.kind_column else [])]


def _column_back(entry: Attached, merging: Merging, kept: dict[str, list[int]]) -> None:
    table, key = _table_and_key(entry)
    with connection.cursor() as cursor:
        for record, rows in kept.items():
            cursor.execute(
                f"UPDATE {table} SET {entry.column} = %s"
                f" WHERE {key} = ANY(%s::bigint[]) AND {entry.column} = %s",
                [int(record), array_of(rows), merging.survivor],
            )


def _table_and_key(entry: Attached) -> tuple[str, str]:
    return entry.table._meta.db_table, str(entry.table._meta.pk.column)


def comes_back_by_history(entry: Attached) -> bool:
    """Whether the column is in the history of its table, so that undoing needs nothing else."""
    return any(_tracks(tracking, entry) for tracking in tracked_models())


def _tracks(tracking: Tracking, entry: Attached) -> bool:
    columns = {field.column for field in tracking.columns}
    return tracking.model is entry.table and entry.column in columns
