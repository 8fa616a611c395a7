"""Business rows against their marks, and against what history says last: changes behind the triggers show."""

from contextlib import closing
from typing import Any

from django.db import connection

from leadline.core.history import Tracking
from leadline.governance.chain.hashing import MARK, Keys, UnknownKey, keys_named
from leadline.governance.chain.ledgers import plainly
from leadline.governance.chain.records import BUCKET, Records, id_of, lines_of, mark_of
from leadline.governance.models import RecordMarks
from leadline.governance.queries.seals import marked_since
from leadline.governance.verifying.report import Report

NONE = b"\x00" * MARK
STEP = 200_000
# What history says last of each column, against the row; only where nothing newer waits to be sealed.
LATEST = """
SELECT DISTINCT ON (last.record_id) last.record_id, last.name FROM (
    SELECT DISTINCT ON (h.record_id, c.key) h.record_id, c.key AS name, c.value AS pair
      FROM core_history h, jsonb_each(h.changes) c
     WHERE h.kind = %(kind)s AND h.verb = 'changed' AND h.record_id > %(after)s AND h.record_id <= %(up_to)s
     ORDER BY h.record_id, c.key, h.id DESC) last
  JOIN {table} r ON r.{key} = last.record_id
 WHERE last.name = ANY(%(columns)s) AND to_jsonb(r)->last.name IS DISTINCT FROM last.pair->1
   AND last.pair <> '[null, null]'::jsonb  -- erased
   AND last.record_id <> ALL(%(unsealed)s)
 ORDER BY 1, 2 LIMIT 50
"""
PORTION = 50_000


def verify_records(report: Report, tracking: Tracking, *, sealed: int) -> None:
    """All rows of a kind, streamed; those with changes that are not sealed yet are left for the next time."""
    records = Records(tracking)
    unsealed = _unsealed(tracking.kind, sealed)
    told = _against_history(report, records, unsealed)
    _against_marks(report, records, unsealed | told)


def _unsealed(kind: str, sealed: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT record_id FROM core_history WHERE id > %s AND kind = %s", [sealed, kind]
        )
        return {record for (record,) in cursor.fetchall()}


def _against_history(report: Report, records: Records, unsealed: set[int]) -> set[int]:
    """The newest [old, new] of each column must be what the row holds."""
    tracking, told = records.tracking, set()
    sql = LATEST.format(table=tracking.table, key=tracking.key)
    with plainly(), connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max({tracking.key}), 0) FROM {tracking.table}")
        highest = cursor.fetchone()[0]
        for after in range(0, highest, PORTION):
            params: dict[str, Any] = {
                "kind": tracking.kind,
                "after": after,
                "up_to": after + PORTION,
                "columns": records.columns,
                "unsealed": [each for each in unsealed if after < each <= after + PORTION],
            }
            cursor.execute(sql, params)
            for record_id, column in cursor.fetchall():
                told.add(record_id)
                words = (
                    f"{tracking.kind} {record_id} was changed behind the history:"
                    f" {column} is not what history says last."
                )
                report.found(tracking.kind, record_id, "altered", words)
    return told


def _against_marks(report: Report, records: Records, left_out: set[int]) -> None:
    """Each row must be as it was when its last change was sealed; and each that was there must be there."""
    kept = _Marks(report, records)
    seen = 0
    with closing(lines_of(records)) as lines:
        for line in lines:
            record_id = id_of(line)
            seen += 1
            report.records += 1
            if not report.records % STEP:
                report.progress(records.kind, report.records)
            if record_id not in left_out:
                kept.compare(record_id, line)
            kept.seen(record_id)
    for record_id in kept.missing():
        if record_id not in left_out:
            words = f"{records.kind} {record_id} was removed behind the history."
            report.found(records.kind, record_id, "removed", words)


class _Marks:
    """The marks of a kind: four bytes a row."""

    def __init__(self, report: Report, records: Records):
        self.report, self.records = report, records
        self.known: dict[int, list[tuple[Keys, bytes]]] = {}
        self.there: dict[int, bytearray] = {}
        self.is_whole = marked_since(records) is not None
        if not self.is_whole:
            report.notes.append(f"The rows of {records.kind} wait to be marked; the next sealing does it.")
        rows = RecordMarks.objects.filter(kind=records.kind, shape=records.shape)
        for row in rows.iterator(chunk_size=1000):
            try:
                self.known.setdefault(row.bucket, []).append((keys_named(row.key), bytes(row.marks)))
            except UnknownKey:
                report.found(
                    records.kind, row.bucket * BUCKET, "unknown", f"The key {row.key} is not in the ring."
                )

    def compare(self, record_id: int, line: bytes) -> None:
        """Tell of a row that is not what it was, or that came in behind the history."""
        at = record_id % BUCKET * MARK
        for keys, marks in self.known.get(record_id // BUCKET, ()):
            mark = marks[at : at + MARK]
            if mark != NONE:
                if mark != mark_of(self.records, keys, line):
                    words = f"{self.records.kind} {record_id} was changed behind the history."
                    self.report.found(self.records.kind, record_id, "altered", words)
                return
        if self.is_whole:
            words = f"{self.records.kind} {record_id} was put in behind the history."
            self.report.found(self.records.kind, record_id, "inserted", words)

    def seen(self, record_id: int) -> None:
        """Note that a row is there."""
        self.there.setdefault(record_id // BUCKET, bytearray(BUCKET))[record_id % BUCKET] = 1

    def missing(self) -> list[int]:
        """Rows that have a mark and are not there."""
        return [
            bucket * BUCKET + place
            for bucket, generations in self.known.items()
            for place in range(BUCKET)
            if not self.there.get(bucket, b"\x00" * BUCKET)[place]
            and any(marks[place * MARK : (place + 1) * MARK] != NONE for _keys, marks in generations)
        ]
