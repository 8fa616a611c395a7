"""The steps of a scan, each of which happens within a portion of its job (CUS-22)."""

from collections.abc import Iterable, Sequence
from operator import itemgetter

from django.db import connection
from django.db.models import F

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.sets import array_of
from leadline.customers.likeness import Alike, rules_for
from leadline.customers.likeness.providers import count_providers
from leadline.duplicates.models import Pair, Scan
from leadline.duplicates.scanning import keys
from leadline.duplicates.scanning.comparing import Two, candidates, compare, groups

_FOUND = """
CREATE TEMPORARY TABLE IF NOT EXISTS duplicates_found
  (low bigint, high bigint, score smallint, reasons jsonb, signs text, group_id bigint) ON COMMIT DELETE ROWS;
TRUNCATE duplicates_found
"""
_KEEP = """
INSERT INTO duplicates_pair (kind, low_id, high_id, score, reasons, signs, group_id, scan_id)
SELECT %s, low, high, score, reasons, signs, group_id, %s FROM duplicates_found
    ON CONFLICT (kind, low_id, high_id) DO UPDATE
   SET score = excluded.score, reasons = excluded.reasons, signs = excluded.signs, scan_id = excluded.scan_id
 WHERE (duplicates_pair.score, duplicates_pair.signs, duplicates_pair.scan_id)
       IS DISTINCT FROM (excluded.score, excluded.signs, excluded.scan_id)
"""
_GROUPS = """
UPDATE duplicates_pair pair SET group_id = given.group_id
  FROM unnest(%s::bigint[], %s::bigint[]) AS given (record, group_id)
 WHERE pair.kind = %s AND pair.low_id = given.record AND pair.group_id <> given.group_id
"""


@action
def begin_scan(kind: str, *, is_full: bool, job: int | None, by: Actor) -> Scan:
    """A scan begins; a full one empties the keys."""
    if kind == "customer":
        count_providers(anew=is_full)
    if is_full:
        keys.begin(kind)
    return Scan.objects.create(kind=kind, is_full=is_full, job_id=job, started_at=now())


@action
def take_keys(scan: Scan, *, after: int, limit: int, by: Actor) -> tuple[int, int | None]:
    """Write the keys of the next records; returns how many, and the last (None: there are no more)."""
    records = keys.read(scan.kind, after=after, limit=limit)
    keys.keep(scan.kind, records)
    _count(scan, records=len(records))
    return len(records), records[-1].id if len(records) == limit else None


@action
def compare_blocks(scan: Scan, *, after: int | None, limit: int, by: Actor) -> int | None:
    """Compare the records of the next keys, keep the pairs; returns the last key, None when all are done."""
    blocks = keys.blocks(scan.kind, after=after, limit=limit)
    known = keys.read_those(scan.kind, {key for _key, ids in blocks for key in ids})
    rules = rules_for(scan.kind)
    for pairs, cut in candidates(blocks, known, rules):
        _keep(scan, compare(pairs, known, rules), compared=len(pairs), cut=cut)
    return blocks[-1][0] if len(blocks) == limit else None


@action
def look_again(scan: Scan, ids: Sequence[int], *, by: Actor) -> None:
    """Take the keys of changed records anew, and compare these with whomever they meet now.

    A pair that is found again keeps what people said of it; one that is not is gone.
    """
    keys.forget(scan.kind, ids)
    changed = keys.read_those(scan.kind, ids)
    keys.keep(scan.kind, list(changed.values()))
    blocks = keys.blocks_of(scan.kind, changed.values())
    known = keys.read_those(scan.kind, {key for _key, ids in blocks for key in ids})
    _count(scan, records=len(ids))
    rules = rules_for(scan.kind)
    for met, cut in candidates(blocks, known, rules):
        of_changed = {pair for pair in met if pair[0] in changed or pair[1] in changed}
        _keep(scan, compare(of_changed, known, rules), compared=len(of_changed), cut=cut)
    not_found = Pair.objects.filter(kind=scan.kind).exclude(scan_id=scan.pk)
    not_found.filter(low_id__in=ids).delete()
    not_found.filter(high_id__in=ids).delete()


@action
def number_groups(scan: Scan, *, by: Actor) -> None:
    """Pairs that hang together get one number; pairs that a full scan did not find any more are gone."""
    pairs = Pair.objects.filter(kind=scan.kind)
    if scan.is_full:
        pairs.exclude(scan_id=scan.pk).delete()
    found = groups(pairs.values_list("low_id", "high_id").iterator(chunk_size=10_000))
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, [array_of(found), array_of(found.values()), scan.kind])


@action
def end_scan(scan: Scan, *, by: Actor) -> None:
    """The scan is through."""
    Scan.objects.filter(pk=scan.pk).update(ended_at=now(), pairs=Pair.objects.filter(kind=scan.kind).count())


def _keep(scan: Scan, found: Iterable[tuple[Two, Alike]], *, compared: int, cut: int) -> None:
    pairs = sorted(found, key=itemgetter(0))
    if pairs:
        among = groups(
            pair for pair, _alike in pairs
        )  # most are whole already; `number_groups` sees to the rest
        with connection.cursor() as cursor:
            cursor.execute(_FOUND)
            with cursor.copy("COPY duplicates_found FROM STDIN") as copy:
                copy.write("".join(_line(pair, alike, among[pair[0]]) for pair, alike in pairs))
            cursor.execute(_KEEP, [scan.kind, scan.pk])
    _count(scan, compared=compared, cut=cut)


def _line(pair: Two, alike: Alike, group: int) -> str:
    reasons = ", ".join(f'["{sign}", {likeness}]' for sign, likeness in alike.reasons)
    signs = " ".join(sign for sign, _likeness in alike.reasons)
    return f"{pair[0]}\t{pair[1]}\t{alike.score}\t[{reasons}]\t{signs}\t{group}\n"


def _count(scan: Scan, **counts: int) -> None:
    Scan.objects.filter(pk=scan.pk).update(**{name: F(name) + count for name, count in counts.items()})
