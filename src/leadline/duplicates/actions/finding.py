"""The steps of a scan, each of which happens within a portion of its job (CUS-22)."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.customers.likeness import Alike, rules_for
from leadline.customers.likeness.features import PARTS
from leadline.customers.likeness.providers import count_providers
from leadline.duplicates.models import Pair, Scan
from leadline.duplicates.scanning import records
from leadline.duplicates.scanning.comparing import Found, Two, compare, hanging_together

# A table like that of pairs found by a full scan, for one portion of a look at changes.
_FOUND_NOW = """
CREATE TEMPORARY TABLE IF NOT EXISTS duplicates_found_now
  (LIKE duplicates_found_customer) ON COMMIT DELETE ROWS;
TRUNCATE duplicates_found_now
"""
_GROUPS = """
CREATE TEMPORARY TABLE IF NOT EXISTS duplicates_group
  (record_id bigint, group_id bigint) ON COMMIT DELETE ROWS;
TRUNCATE duplicates_group
"""
_GONE = """
DELETE FROM duplicates_pair pair WHERE kind = %s AND {those} AND NOT EXISTS
  (SELECT FROM {found} found WHERE found.low_id = pair.low_id AND found.high_id = pair.high_id)
"""
_CHANGED = """
UPDATE duplicates_pair pair
   SET score = found.score, reasons = found.reasons, signs = found.signs, scan_id = %s
  FROM {found} found
 WHERE pair.kind = %s AND pair.low_id = found.low_id AND pair.high_id = found.high_id
   AND (pair.score, pair.reasons) IS DISTINCT FROM (found.score, found.reasons)
"""
# A pair that met under several keys was found by each, with the same score. In this order the indexes grow
# at their ends. Nobody else writes pairs of this kind meanwhile (`records.hold`).
_NEW = """
INSERT INTO duplicates_pair (kind, low_id, high_id, score, reasons, signs, group_id, scan_id)
SELECT DISTINCT ON (low_id, high_id) kind, low_id, high_id, score, reasons, signs,
       coalesce(given.group_id, low_id), scan_id
  FROM {found} found CROSS JOIN (VALUES (%s, %s)) AS scan (kind, scan_id)
  LEFT JOIN duplicates_group given ON given.record_id = low_id
 WHERE NOT EXISTS (SELECT FROM duplicates_pair pair WHERE pair.kind = scan.kind
                      AND pair.low_id = found.low_id AND pair.high_id = found.high_id)
 ORDER BY low_id, high_id
"""
_NUMBER = """
UPDATE duplicates_pair pair SET group_id = given.group_id
  FROM duplicates_group given
 WHERE pair.kind = %s AND pair.low_id = given.record_id AND pair.group_id <> given.group_id
"""
AT_ONCE = 10_000  # rows


@action
def begin_scan(kind: str, *, is_full: bool, settled: int | None, job: int | None, by: Actor) -> Scan:
    """A scan begins, a full one from nothing; it sees the history up to `settled`."""
    if kind == "customer":
        count_providers(anew=is_full)
    if is_full:
        records.begin(kind)
        _run(f"TRUNCATE {_found(kind)}")
    return Scan.objects.create(kind=kind, is_full=is_full, settled=settled, job_id=job, started_at=now())


@action
def take_records(scan: Scan, *, after: int, limit: int, by: Actor) -> tuple[int, int | None]:
    """Write down the next records; returns how many, and the last (None: there are no more)."""
    taken = records.read(scan.kind, after=after, limit=limit)
    records.keep(scan.kind, taken)
    _count(scan, records=len(taken))
    return len(taken), taken[-1].id if len(taken) == limit else None


@action
def compare_records(scan: Scan, part: str, *, after: int | None, limit: int, by: Actor) -> int | None:
    """Compare the records of the next keys of a part, keep what is found until the scan ends; returns the
    last key, None when all of the part are done.
    """
    upto = records.next_key(scan.kind, part, after=after, limit=limit)
    groups = records.together(scan.kind, part, after=after, upto=upto)
    for found in compare(part, groups, rules_for(scan.kind)):
        _write(_found(scan.kind), found)
        _count(scan, compared=found.compared, cut=found.cut)
    return upto


@action
def look_again(scan: Scan, ids: Sequence[int], *, by: Actor) -> None:
    """Take changed records anew, and compare these with whomever they meet now.

    A pair that is found again keeps what people said of it; one that is not is gone.
    """
    records.forget(scan.kind, ids)
    changed = records.read_those(scan.kind, ids)
    records.keep(scan.kind, changed)
    _count(scan, records=len(ids))
    rules, only = rules_for(scan.kind), {each.id for each in changed}
    _run(_FOUND_NOW)
    for part in PARTS if changed else ():
        groups = records.together_with(scan.kind, part, changed)
        for found in compare(part, groups, rules, only):
            _write("duplicates_found_now", found)
            _count(scan, compared=found.compared, cut=found.cut)
    _run(_GROUPS)  # `number_groups` fills it in the end
    _replace(scan, "duplicates_found_now", "(low_id = ANY(%s) OR high_id = ANY(%s))", [list(ids), list(ids)])


@action
def keep_pairs(scan: Scan, *, by: Actor) -> None:
    """What a full scan found are the pairs from now on, numbered by groups; others are gone.

    What people said of a pair that is found again stays.
    """
    table = _found(scan.kind)
    _write_groups(f"SELECT low_id, high_id FROM {table}")
    _replace(scan, table)
    _run(_NUMBER, [scan.kind])
    _run(f"TRUNCATE {table}")


@action
def number_groups(scan: Scan, *, by: Actor) -> None:
    """Pairs that hang together get one number."""
    _write_groups("SELECT low_id, high_id FROM duplicates_pair WHERE kind = %s", [scan.kind])
    _run(_NUMBER, [scan.kind])


@action
def end_scan(scan: Scan, *, by: Actor) -> None:
    """The scan is through."""
    Scan.objects.filter(pk=scan.pk).update(ended_at=now(), pairs=Pair.objects.filter(kind=scan.kind).count())


def _found(kind: str) -> str:
    """The table of the pairs that a full scan has found so far."""
    return f"duplicates_found_{kind}"


def _replace(scan: Scan, found: str, those: str = "TRUE", values: Sequence[Any] = ()) -> None:
    """Keep the pairs that were found; of `those` that were kept before, the others are gone."""
    _run(_GONE.format(found=found, those=those), [scan.kind, *values])
    _run(_CHANGED.format(found=found), [scan.pk, scan.kind])
    _run(_NEW.format(found=found), [scan.kind, scan.pk])


def _write(table: str, found: Found) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        copy.write("".join([f"{low}\t{high}{_told(alike)}" for (low, high), alike in found.pairs.items()]))


@lru_cache(maxsize=4096)
def _told(alike: Alike) -> str:
    reasons = ", ".join(f'["{sign}", {likeness}]' for sign, likeness in alike.reasons)
    signs = " ".join(sign for sign, _likeness in alike.reasons)
    return f"\t{alike.score}\t[{reasons}]\t{signs}\n"


def _write_groups(pairs: str, values: Sequence[str] = ()) -> None:
    _run(_GROUPS)
    with connection.chunked_cursor() as cursor:
        cursor.execute(pairs, values)
        groups = hanging_together(_rows(cursor))
    with connection.cursor() as cursor:
        with cursor.copy("COPY duplicates_group FROM STDIN") as copy:
            for record, group in groups.items():
                copy.write(f"{record}\t{group}\n")
        cursor.execute("ANALYZE duplicates_group")


def _rows(cursor: Any) -> Iterable[Two]:
    while rows := cursor.fetchmany(AT_ONCE):
        yield from rows


def _run(sql: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _count(scan: Scan, **counts: int) -> None:
    Scan.objects.filter(pk=scan.pk).update(**{name: F(name) + count for name, count in counts.items()})
