"""Changing records back by the history: the first old value returns where the last new one still stands."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from leadline.core.changesets.models import ChangeSet
from leadline.core.custom.values import PREFIX
from leadline.core.history import HistoryEntry, Tracking, tracking_of
from leadline.core.sets import array_of

# What the change set did to each record of a portion: the first old and the last new value per column. Of
# equal keys an object keeps the one that came last.
_TABLE = """
CREATE TEMPORARY TABLE IF NOT EXISTS leadline_undo (
    record_id bigint PRIMARY KEY, created boolean NOT NULL, last_id bigint NOT NULL, old jsonb, new jsonb
) ON COMMIT DROP
"""
_FILL = """
WITH told AS (
    SELECT id, record_id, verb, changes FROM (
        SELECT id, record_id, verb, changes, dense_rank() OVER (ORDER BY record_id) AS place FROM core_history
        WHERE change_set_id = %(change_set)s AND kind = %(kind)s AND at >= %(since)s AND record_id > %(after)s
    ) coming WHERE place <= %(limit)s
)
INSERT INTO leadline_undo (record_id, created, last_id, old, new)
SELECT record_id, bool_or(verb = 'created'), max(id),
       jsonb_object_agg(key, value -> 0 ORDER BY id DESC) FILTER (WHERE key IS NOT NULL),
       jsonb_object_agg(key, value -> 1 ORDER BY id) FILTER (WHERE key IS NOT NULL)
FROM told LEFT JOIN LATERAL jsonb_each(CASE WHEN verb = 'changed' THEN changes END) ON TRUE
GROUP BY record_id
RETURNING record_id, created
"""
# Custom fields stand in the history by their names, and in the record within one column.
_CUSTOM_BACK = """
(record."{column}" - ARRAY(SELECT name FROM jsonb_object_keys(undo.old) name WHERE name ^@ 'x_'))
|| (SELECT coalesce(jsonb_object_agg(key, value), '{{}}') FROM jsonb_each(undo.old)
     WHERE key ^@ 'x_' AND value <> 'null')
"""
_CUSTOM_STANDS = """
NOT EXISTS (SELECT FROM jsonb_each(undo.new) told WHERE told.key ^@ 'x_'
             AND coalesce(record."{column}" -> told.key, 'null') <> told.value)
"""
# Whether anybody wrote to a record after the change set last did.
_EDITED = """
EXISTS (SELECT FROM core_history h WHERE h.kind = %(kind)s AND h.record_id = undo.record_id
        AND h.id > undo.last_id AND h.at >= %(since)s AND h.change_set_id IS DISTINCT FROM %(change_set)s)
"""


@dataclass(frozen=True)
class Told:
    """Some records of one kind and what the history tells of them in a change set; whether it made any."""

    change_set: int
    since: datetime
    kind: str
    ids: list[int]
    any_created: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the SQL of this module."""
        return {
            "change_set": self.change_set,
            "since": self.since,
            "kind": self.kind,
            "ids": array_of(self.ids),
        }

    def halves(self) -> list["Told"]:
        """The same records in two parts."""
        middle = len(self.ids) // 2
        return [replace(self, ids=self.ids[:middle]), replace(self, ids=self.ids[middle:])]

    def edited_since(self, key: int) -> HistoryEntry | None:
        """The last change to a record that was made after the change set and outside of it."""
        rows = HistoryEntry.objects.filter(kind=self.kind, record_id=key, at__gte=self.since)
        own = (
            rows.filter(change_set_id=self.change_set).order_by("-id").values_list("pk", flat=True).first()
            or 0
        )
        return rows.filter(pk__gt=own).order_by("-id").first()


def told_of(changes: ChangeSet, kind: str, *, after: int, limit: int) -> Told | None:
    """The next records of a kind in a change set, by their keys; none when there are no more."""
    told = Told(changes.pk, changes.created_at - timedelta(days=1), kind, [])
    with connection.cursor() as cursor:
        cursor.execute(_TABLE)
        cursor.execute("DELETE FROM leadline_undo")
        # Right after a change the statistics know nothing of it: rather than go along the index, and end
        # at the last place, a portion would sort all that is left.
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(_FILL, {**told.values, "after": after, "limit": limit})
        rows = cursor.fetchall()
        cursor.execute("SET LOCAL enable_sort TO DEFAULT")
        cursor.execute("ANALYZE leadline_undo (record_id, created)")
    ids = sorted(key for key, _created in rows)
    return replace(told, ids=ids, any_created=any(created for _key, created in rows)) if ids else None


def lock_those(told: Told) -> set[int]:
    """Lock the records in the order of their keys; returns those that are still there."""
    tracking = tracking_of(told.kind)
    return set(
        _run(
            f"SELECT {tracking.key} FROM {tracking.table} WHERE {tracking.key} = ANY(%(ids)s::bigint[])"
            f" ORDER BY {tracking.key} FOR NO KEY UPDATE",
            told,
        )
    )


def restore(told: Told, columns: list[str]) -> list[int]:
    """Give changed records their old values back, where all new values still stand; returns their keys.

    Of custom fields each counts by itself: what others were given since stays.
    """
    tracking = tracking_of(told.kind)
    if not columns:
        return []
    types = {field.column: field.db_type(connection) for field in tracking.columns}
    plain = [name for name in columns if name in types]
    custom = tracking.custom if len(plain) < len(columns) else ""
    columns, typed = plain, ", ".join(f'"{name}" {types[name]}' for name in plain) or "nothing text"
    given = [
        f'"{name}" = CASE WHEN undo.old ? \'{name}\' THEN old."{name}" ELSE record."{name}" END'
        for name in columns
    ]
    still = [
        f'(NOT undo.new ? \'{name}\' OR record."{name}" IS NOT DISTINCT FROM new."{name}")'
        for name in columns
    ]
    if custom:
        given.append(f'"{custom}" = {_CUSTOM_BACK.format(column=custom)}')
        still.append(_CUSTOM_STANDS.format(column=custom))
    return _run(
        f"UPDATE {tracking.table} record SET {', '.join(given + _touched(tracking))} FROM leadline_undo undo,"
        f" jsonb_to_record(undo.old) AS old({typed}), jsonb_to_record(undo.new) AS new({typed})"
        f" WHERE {_is_one_of(tracking)} AND NOT undo.created AND {' AND '.join(still)}"
        " RETURNING undo.record_id",
        told,
    )


def archive(told: Told) -> list[int]:
    """Archive records that the change set created and nobody touched since; returns their keys."""
    if not told.any_created:
        return []
    tracking = tracking_of(told.kind)
    given = ["archived_at = now()", *_touched(tracking)]
    return _run(
        f"UPDATE {tracking.table} record SET {', '.join(given)} FROM leadline_undo undo"
        f" WHERE {_created_and_untouched(tracking)} AND record.archived_at IS NULL RETURNING undo.record_id",
        told,
    )


def remove(told: Told) -> list[int]:
    """Remove records that the change set created and nobody touched since; returns their keys."""
    if not told.any_created:
        return []
    tracking = tracking_of(told.kind)
    return _run(
        f"DELETE FROM {tracking.table} record USING leadline_undo undo"
        f" WHERE {_created_and_untouched(tracking)} RETURNING undo.record_id",
        told,
    )


def _created_and_untouched(tracking: Tracking) -> str:
    return f"{_is_one_of(tracking)} AND undo.created AND NOT {_EDITED}"


def _is_one_of(tracking: Tracking) -> str:
    """The keys stand for both tables: else a portion would read the records from the first key on."""
    given = "= ANY(%(ids)s::bigint[])"
    return (
        f"record.{tracking.key} = undo.record_id AND undo.record_id {given} AND record.{tracking.key} {given}"
    )


def _touched(tracking: Tracking) -> list[str]:
    """What changes with every change."""
    with_each = {"version": "version = record.version + 1", "updated_at": "updated_at = now()"}
    return [sql for column, sql in with_each.items() if tracking.has(column)]


def changed_columns(told: Told) -> list[str]:
    """The columns that the change set changed and the table still has, and custom fields by their names."""
    tracking = tracking_of(told.kind)
    seen = set(
        _run(
            "SELECT DISTINCT jsonb_object_keys(new) FROM leadline_undo"
            " WHERE NOT created AND record_id = ANY(%(ids)s::bigint[])",
            told,
        )
    )
    custom = sorted(name for name in seen if name.startswith(PREFIX)) if tracking.custom else []
    return [str(field.column) for field in tracking.columns if field.column in seen] + custom


def _run(sql: str, told: Told) -> list[Any]:
    """The first column of what a statement returns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, told.values)
        return [row[0] for row in cursor.fetchall()]
