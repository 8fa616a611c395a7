"""Which records the history touched since a place, and in what."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from leadline.core.history import tracked_models
from leadline.segments.kinds import segmentables
from leadline.segments.rules import ANYTHING

# For an entry: the record it belonged to before, where it moved from one to another.
_ENTRIES = """
SELECT h.id, h.kind, h.record_id, h.about_kind, h.about_id,
       CASE WHEN h.verb = 'changed' THEN ARRAY(SELECT jsonb_object_keys(h.changes)) END,
       {before}, p.record_id, p.kind, (h.changes -> 'record_id' ->> 0)::bigint
  FROM core_history h
  LEFT JOIN segments_pick p ON h.kind = 'segment_pick' AND p.id = h.record_id
 WHERE h.id > %(after)s AND h.id <= %(up_to)s
 ORDER BY h.id LIMIT %(limit)s
"""


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

    def touch(self, kind: str, history: str, record: Any, columns: Any, segment: int | None = None) -> None:
        """Note that a record was touched."""
        if record is None:
            return
        touched = self.records.setdefault(kind, {}).setdefault(history, Touched())
        touched.ids.add(record)
        touched.columns.update(columns or (ANYTHING,))
        if segment is not None:
            touched.segments.add(segment)


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
    key, kind, record, about_kind, about, columns, before, picked, picked_kind, picked_before = row
    found.entries, found.last = found.entries + 1, key
    if kind == "segment_pick":
        for each in [picked_kind] if picked_kind else kinds:
            found.touch(each, kind, picked, ("record_id",), about)
            found.touch(each, kind, picked_before, ("record_id",), about)
    elif kind in kinds:
        found.touch(kind, kind, record, columns)
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
