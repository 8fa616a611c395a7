"""Marking business rows once their changes are sealed, so that changes behind the history show."""

from collections.abc import Iterable

from leadline.core.actions import Actor, action
from leadline.core.events import publish
from leadline.governance.chain.alone import alone_with_the_chain
from leadline.governance.chain.hashing import MARK, current_keys
from leadline.governance.chain.records import BUCKET, Records, marked_rows, records_of
from leadline.governance.events import RecordsMarked
from leadline.governance.models import RecordMarks

PORTION = 20_000
NO_MARK = b"\x00" * MARK


@action
def begin_marking(records: Records, *, by: Actor) -> None:
    """Forget the marks of a kind: at the first start, and when an upgrade changed its columns."""
    alone_with_the_chain()
    RecordMarks.objects.filter(kind=records.kind).delete()


@action
def mark_portion(records: Records, *, above: int, by: Actor) -> list[int]:
    """Mark the next rows of a kind by their keys; returns the keys, none when there are no more."""
    alone_with_the_chain()
    rows = records.tracking.model._default_manager.filter(pk__gt=above).order_by("pk")
    ids = list(rows.values_list("pk", flat=True)[:PORTION])
    mark_records(records.kind, ids=ids, by=by)
    return ids


@action
def end_marking(records: Records, *, rows: int, by: Actor) -> None:
    """Tell that all rows of a kind, with the columns that it has now, carry marks."""
    publish(RecordsMarked(kind_marked=records.kind, shape=records.shape, rows=rows), by=by, about=[])


@action
def mark_records(kind: str, *, ids: Iterable[int], by: Actor) -> int:
    """Keep what rows of a kind are now; returns how many are marked. A row that is gone has no mark."""
    records = records_of(kind)
    if records is None:
        return 0
    keys = current_keys()
    ids = list(ids)
    now_are = dict(marked_rows(records, keys, ids=ids))
    buckets: dict[int, list[int]] = {}
    for each in ids:
        buckets.setdefault(each // BUCKET, []).append(each)
    kept = {
        (row.bucket, row.shape, row.key): bytearray(row.marks)
        for row in RecordMarks.objects.filter(kind=kind, bucket__in=buckets)
    }
    for bucket, within in buckets.items():
        kept.setdefault((bucket, records.shape, keys.id), bytearray(NO_MARK * BUCKET))
        for (of, shape, key), marks in kept.items():
            if of == bucket:
                own = (shape, key) == (records.shape, keys.id)
                for each in within:
                    at = each % BUCKET * MARK
                    marks[at : at + MARK] = now_are.get(each, NO_MARK) if own else NO_MARK
    RecordMarks.objects.bulk_create(
        [
            RecordMarks(kind=kind, bucket=bucket, shape=shape, key=key, marks=bytes(marks))
            for (bucket, shape, key), marks in kept.items()
        ],
        update_conflicts=True,
        unique_fields=["kind", "bucket", "shape", "key"],
        update_fields=["marks"],
        batch_size=500,
    )
    return len(now_are)
