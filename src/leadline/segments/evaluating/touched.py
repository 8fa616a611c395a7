"""Which records the history touched since a place, and in what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from leadline.core.history import tracked_models
from leadline.segments.kinds import segmentables
from leadline.segments.rules import ANYTHING

# For an entry: the record it belonged to before, where it moved from one to another. Entries that tell the
# same columns of the same kinds come as one row: many records change alike.
_ENTRIES = """
SELECT count(*), max(id), kind, about_kind, columns, picked_kind,
       array_agg(record_id), array_agg(about_id), array_agg(before) FILTER (WHERE before IS NOT NULL),
       array_agg(picked) FILTER (WHERE picked IS NOT NULL),
       array_agg(picked_before) FILTER (WHERE picked_before IS NOT NULL)
  FROM (
    SELECT h.id, h.kind, h.record_id, h.about_kind, h.about_id,
           CASE WHEN h.verb = 'changed' THEN ARRAY(SELECT jsonb_object_keys(h.changes)) END AS columns,
           {before} AS before, p.record_id AS picked, p.kind AS picked_kind,
           CASE WHEN h.kind = 'segment_pick'
                THEN (h.changes -> 'record_id' ->> 0)::bigint END AS picked_before
      FROM core_history h
      LEFT JOIN segments_pick p ON h.kind = 'segment_pick' AND p.id = h.record_id
     WHERE h.id > %(after)s AND h.id <= %(up_to)s
     ORDER BY h.id LIMIT %(limit)s
) AS entries GROUP BY kind, about_kind, columns, picked_kind
"""
Ids = Iterable[int | None] | None


@dataclass
class Touched:
    """Records touched by one kind of history, and the columns that changed in any of them.

    `segments` are those whose picks changed.
    """

    ids: set[int] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)
    segments: set[int] = field(default_factory=set)


@dataclass
class Entries:
    """Some entries of the history, the last of them: kind of record → kind of history → what was touched."""

    records: dict[str, dict[str, Touched]] = field(default_factory=dict)
    entries: int = 0
    last: int | None = None

    def touch(
        self,
        kind: str,
        history: str,
        records: Ids,
        columns: Iterable[str] | None,
        segments: Iterable[int] = (),
    ) -> None:
        """Note that records were touched; what names none is nothing."""
        ids = {record for record in records or () if record is not None}
        if not ids:
            return
        touched = self.records.setdefault(kind, {}).setdefault(history, Touched())
        touched.ids |= ids
        touched.columns.update(columns or (ANYTHING,))
        touched.segments.update(segments)


def entries_after(after: int, *, up_to: int, limit: int) -> Entries:
    """What the entries with ids above one touched, at most so many of them, by their ids."""
    kinds = {known.kind for known in segmentables()}
    found = Entries()
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES.format(before=_before()), {"after": after, "up_to": up_to, "limit": limit})
        for row in cursor:
            _note(found, kinds, row)
    return found if found.entries == limit else _to_the_end(found, up_to)


def _note(found: Entries, kinds: set[str], row: tuple[Any, ...]) -> None:
    many, last, kind, about_kind, columns, picked_kind, records, about, before, picked, picked_before = row
    found.entries, found.last = found.entries + many, max(found.last or 0, last)
    if kind == "segment_pick":
        for each in [picked_kind] if picked_kind else kinds:
            found.touch(each, kind, picked, ("record_id",), about)
            found.touch(each, kind, picked_before, ("record_id",), about)
    elif kind in kinds:
        found.touch(kind, kind, records, columns)
    if about_kind in kinds and about_kind != kind:
        found.touch(about_kind, kind, about, columns)
        found.touch(about_kind, kind, before, columns)


def _to_the_end(found: Entries, up_to: int) -> Entries:
    """All there is was read: what follows the last entry up to the end is nothing."""
    found.last = up_to
    return found


def _before() -> str:
    """SQL of the record to which what moved belonged before."""
    moved = [
        f"WHEN '{tracking.kind}' THEN (h.changes -> '{tracking.about[1]}' ->> 0)::bigint"
        for tracking in tracked_models()
        if tracking.about[1] in {str(item.column) for item in tracking.columns}
    ]
    return f"CASE h.kind {' '.join(moved)} END" if moved else "NULL::bigint"
