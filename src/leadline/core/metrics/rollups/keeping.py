"""Building roll-ups, adding their counts together, and comparing them to the records."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from leadline.core.conditions import Context
from leadline.core.metrics.rollups.counting import (
    CELLS,
    MOVED,
    SCOPED,
    STANDING,
    SUMS,
    WHOLE,
    scoped_sql,
    tables_of,
    whole_sql,
)
from leadline.core.metrics.rollups.declaring import Rollup, rollups
from leadline.core.metrics.rollups.triggers import FAMILY, bodies, install

KEPT = timedelta(days=200)  # so far back: a change of hands looks no further
PORTION = timedelta(days=10)  # counted at once; whoever writes waits no longer than for that
EARLIEST = date(1990, 1, 1)
_LOCK = "leadline.figures"


@dataclass(frozen=True)
class Standing:
    """What a roll-up holds: days of a zone, from the first on."""

    zone: str
    begins: date


def make_ready() -> None:
    """Triggers as the code wants them, and roll-ups built that are not; part of `leadline migrate`."""
    made_anew = install()
    for rollup in rollups():
        # Without its triggers (an older release ran in between) it may have missed something.
        if _is_stale(rollup) or (made_anew and differences(rollup, days=35)):
            build(rollup)
        else:
            _reach_back(rollup)  # a build that was stopped in between


def keep() -> None:
    """Add counts together; build anew what stands in another zone than the organisation's, or is wrong."""
    for rollup in rollups():
        if _is_stale(rollup) or differences(rollup, days=35):
            build(rollup)
        else:
            _reach_back(rollup)
            _forget_old(rollup)
    compact()


def standing_of(kind: str) -> Standing | None:
    """What the roll-up of a kind holds now; one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT zone, begins_on FROM {STANDING} WHERE kind = %s", [kind])
        row = cursor.fetchone()
    return Standing(*row) if row else None


def build(rollup: Rollup) -> None:
    """Count everything anew, the latest days first; nobody writes to the tables while some are counted.

    Each portion is a transaction: after it, counts answer what they reach, and records the rest.
    """
    with _alone(rollup) as cursor:
        context = Context.of_organisation()
        wanted = _begins(cursor, rollup, context)
        begins = max(wanted, context.today - PORTION) if wanted != EARLIEST else EARLIEST
        for table in (WHOLE, SCOPED, MOVED, STANDING):
            cursor.execute(f"DELETE FROM {table} WHERE kind = %s", [rollup.kind])
        cursor.execute(
            f"INSERT INTO {STANDING} (kind, zone, begins_on, begins_at, made_by) VALUES (%s, %s, %s, %s, %s)",
            [rollup.kind, context.zone, begins, context.start_of(begins), _made_by(rollup)],
        )
        _count(cursor, rollup)
    _reach_back(rollup)


def _reach_back(rollup: Rollup) -> None:
    """Count the days before, a portion at a time, as far back as counts are kept."""
    context = Context.of_organisation()
    while _count_before(rollup, context):
        pass


def _count_before(rollup: Rollup, context: Context) -> bool:
    """The days before those that are counted; whether there were any to be counted."""
    standing = standing_of(rollup.kind)
    wanted = context.today - KEPT
    if standing is None or standing.begins <= wanted or standing.zone != context.zone:
        return False
    with _alone(rollup) as cursor:
        begins = max(wanted, standing.begins - PORTION)
        cursor.execute(
            f"UPDATE {STANDING} SET begins_on = %s, begins_at = %s WHERE kind = %s AND begins_on = %s",
            [begins, context.start_of(begins), rollup.kind, standing.begins],
        )
        if cursor.rowcount:  # else another process counted these meanwhile
            _count(cursor, rollup, before=context.start_of(standing.begins))
    return True


@contextmanager
def _alone(rollup: Rollup) -> Iterator[Any]:
    """A transaction in which nobody else writes to what is counted."""
    tables = ", ".join([rollup.table, *dict.fromkeys(way.table for way in rollup.ways)])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
        yield cursor


def _count(cursor: Any, rollup: Rollup, *, before: datetime | None = None) -> None:
    """The records of the days that stand, as cells; of a portion those `before` a moment."""
    for table, sql in _sources(rollup, before=before):
        cursor.execute(
            f"INSERT INTO {table} ({CELLS[table]}, {', '.join(SUMS[table])}, kind, is_sum)"
            f" SELECT counted.*, TRUE FROM ({sql}) counted",
            [rollup.kind],
        )


def compact() -> None:
    """Add together what was appended since: one cell where there were several, in the same figures."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [_LOCK])
        if not cursor.fetchone()[0]:
            return
        for table, by in CELLS.items():
            sums = [f"sum({name})" for name in SUMS[table]]
            cursor.execute(
                f"WITH several AS (SELECT series, begins_on FROM {table} WHERE NOT is_sum GROUP BY 1, 2),"
                f" gone AS (DELETE FROM {table} t USING several s"
                " WHERE t.series = s.series AND t.begins_on = s.begins_on RETURNING t.*)"
                f" INSERT INTO {table} ({by}, {', '.join(SUMS[table])}, kind, is_sum)"
                f" SELECT {by}, {', '.join(sums)}, kind, TRUE FROM gone GROUP BY {by}, kind"
                f" HAVING {_any(sums)}"
            )


def differences(rollup: Rollup, *, days: int | None = None) -> int:
    """How many cells say something else than the records, in all whole months or those of some days."""
    standing = standing_of(rollup.kind)
    if standing is None:
        return 0
    since = standing.begins if standing.begins == EARLIEST else next_month(standing.begins)
    if days is not None:
        since = max(since, (Context.of_organisation().today - timedelta(days=days)).replace(day=1))
    found = 0
    with connection.cursor() as cursor:
        for table, sql in _sources(rollup, since=since):
            by, names = CELLS[table], ", ".join(SUMS[table])
            sums = [f"sum({name})" for name in SUMS[table]]
            cursor.execute(
                f"WITH records ({by}, {names}, kind) AS ({sql}), cells AS ("
                f"SELECT {by}, {', '.join(sums)} FROM {table}"
                " WHERE kind = %s AND begins_on >= %s"
                f" GROUP BY {by} HAVING {_any(sums)}),"
                f" counted AS (SELECT {by}, {names} FROM records WHERE begins_on >= %s)"
                " SELECT count(*) FROM ((TABLE cells EXCEPT TABLE counted)"
                " UNION ALL (TABLE counted EXCEPT TABLE cells)) differing",
                [rollup.kind, rollup.kind, since, since],
            )
            found += cursor.fetchone()[0]
    return found


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _any(sums: Sequence[str]) -> str:
    return " OR ".join(f"{each} <> 0" for each in sums)


def _sources(
    rollup: Rollup, *, since: date = EARLIEST, before: datetime | None = None
) -> list[tuple[str, str]]:
    """Table → SQL of its cells by the records; the kind is their parameter."""
    at = f"{rollup.table}.{rollup.at}"
    recent = "" if since == EARLIEST else f" WHERE {at} >= '{since - timedelta(days=1)}'"
    if before:
        recent = f" WHERE {at} < '{before.isoformat()}'"
    source = f"(SELECT 1 AS sign, {rollup.table}.* FROM {rollup.table}{recent}) AS {rollup.table}"
    return [
        (
            table,
            f"SELECT its.*, kept.kind FROM {STANDING} kept CROSS JOIN LATERAL ({sql}) its"
            " WHERE kept.kind = %s",
        )
        for table, sql in zip(
            tables_of(rollup), (whole_sql(rollup, source), scoped_sql(rollup, source)), strict=False
        )
    ]


def _begins(cursor: Any, rollup: Rollup, context: Context) -> date:
    """As far back as is kept; from the beginning while there is nothing."""
    cursor.execute(f"SELECT min({rollup.at}) FROM {rollup.table}")
    oldest = cursor.fetchone()[0]
    return context.today - KEPT if oldest else EARLIEST


def _forget_old(rollup: Rollup) -> None:
    """What is older than is kept goes; a day after it was told that it is not there."""
    context = Context.of_organisation()
    begins = context.today - KEPT
    with transaction.atomic(), connection.cursor() as cursor:
        for table in (WHOLE, SCOPED):
            cursor.execute(
                f"DELETE FROM {table} WHERE kind = %s AND begins_on < (SELECT date_trunc('month', begins_on)"
                f" FROM {STANDING} WHERE kind = %s)",
                [rollup.kind, rollup.kind],
            )
        cursor.execute(
            f"UPDATE {STANDING} SET begins_on = %s, begins_at = %s WHERE kind = %s AND begins_on < %s"
            f" AND EXISTS (SELECT FROM {rollup.table})",
            [begins, context.start_of(begins), rollup.kind, begins],
        )


def _is_stale(rollup: Rollup) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT zone, made_by FROM {STANDING} WHERE kind = %s", [rollup.kind])
        row = cursor.fetchone()
    return row != (Context.of_organisation().zone, _made_by(rollup))


def _made_by(rollup: Rollup) -> str:
    """The rules by which it was counted."""
    return FAMILY.fingerprint("".join(body for _name, body in sorted(bodies(of=rollup).items())))
