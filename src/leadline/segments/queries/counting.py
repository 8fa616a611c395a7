"""How many records a rule finds while it is made, in the time of a keystroke (CUS-16).

Up to `EXACT` records within somebody's reach are counted exactly. Of more, whole pages of the table are
taken at random, and the share among them is told as what it is: an estimate. No question runs longer than
`PATIENCE`, so one that was overtaken by the next does not go on for long either.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from leadline.core.conditions import Condition, Context, Gathering
from leadline.core.lists.scope import Scope
from leadline.segments.kinds import Segmentable

EXACT = 20_000
LOOKED_AT = (20_000, 2_000)  # records in a sample; the smaller where the larger took too long
PATIENCE = 110  # milliseconds for one question
LONGEST = 60_000  # milliseconds, when somebody asks for the exact figure
SHOWN = 10
FEW = 30  # hits in a sample, below which an estimate says little


@dataclass(frozen=True)
class Found:
    """How many a rule finds of those the asker sees, and a few of them.

    `count` is None where the time did not suffice; `looked_at` says of how many an estimate was made.
    """

    count: int | None
    is_exact: bool
    sample: tuple[int, ...] = ()
    looked_at: int = 0
    low: int = 0
    high: int = 0


def found_by(
    rule: Condition, kind: Segmentable, *, scope: Scope, context: Context, exactly: bool = False
) -> Found:
    """How many records a rule finds now within a scope, with a few of them."""
    total = _size(kind) if scope.everything and not exactly else 0
    if total <= EXACT:
        gathering = Gathering() if scope.everything else None
        sql = _exact_sql(rule, kind, scope, replace(context, gathering=gathering))
        counted = _asked(*sql, LONGEST if exactly else PATIENCE)
        return _exact(counted) if counted else Found(None, False)
    for rows in LOOKED_AT:
        share = min(100.0, 100.0 * rows / total)
        sql = _sample_sql(rule, kind, context, share)
        counted = _asked(*sql, PATIENCE // 2)
        if counted:
            return _estimated(counted, total)
    return Found(None, False)


def _exact(counted: tuple[Any, ...]) -> Found:
    _all, hits, sample = counted
    return Found(hits, True, tuple(sample or ()))


def _estimated(counted: tuple[Any, ...], total: int) -> Found:
    """Told as a figure of two digits, with the range in which the truth is found 19 times of 20."""
    looked_at, hits, sample = counted
    if not looked_at:
        return Found(None, False)
    share = hits / looked_at
    spread = 2 * (max(share * (1 - share), 1 / looked_at) / looked_at) ** 0.5
    low, high = max(0.0, share - spread) * total, min(1.0, share + spread) * total
    return Found(
        _two_digits(share * total), False, tuple(sample or ()), looked_at, _two_digits(low), _two_digits(high)
    )


def _two_digits(value: float) -> int:
    whole = round(value)
    step = 10 ** max(0, len(str(whole)) - 2)
    return round(whole / step) * step


def _exact_sql(rule: Condition, kind: Segmentable, scope: Scope, context: Context) -> tuple[str, list[Any]]:
    about = kind.about
    where, where_params = rule.sql(context)
    gathered, its_params = context.gathering.joins() if context.gathering else ("", [])
    (records, beside), (within, within_params) = kind.within(scope, rule.needs)
    sql = (
        f"WITH hits AS MATERIALIZED (SELECT {about.id} AS id FROM {records} {gathered}"
        f" WHERE {kind.in_use} AND {within} AND ({where}))"
        " SELECT 0, (SELECT count(*) FROM hits), ARRAY(SELECT id FROM hits LIMIT %s)"
    )
    return sql, [*beside, *its_params, *within_params, *where_params, SHOWN]


def _sample_sql(rule: Condition, kind: Segmentable, context: Context, share: float) -> tuple[str, list[Any]]:
    """Of whole pages taken at random; only for who reaches everything."""
    about = kind.about
    where, params = rule.sql(context)
    sql = (
        "SELECT count(*), count(*) FILTER (WHERE hit), (array_agg(id) FILTER (WHERE hit))[1:%s] FROM"
        f" (SELECT {about.id} AS id, ({where}) AS hit FROM {about.table} TABLESAMPLE SYSTEM ({share:.6f})"
        f" {about.join_sql(rule.needs)} WHERE {kind.in_use} OFFSET 0) AS asked"
    )
    return sql, [SHOWN, *params]


def _size(kind: Segmentable) -> int:
    """About how many records there are, as the database keeps count of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", [kind.about.table])
        return int(cursor.fetchone()[0])


def _asked(sql: str, params: Sequence[Any], milliseconds: int) -> tuple[Any, ...] | None:
    """The answer; none where it takes longer than so many milliseconds."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {int(milliseconds)}")
            cursor.execute(sql, params)
            row: tuple[Any, ...] = cursor.fetchone()
            cursor.execute("RESET statement_timeout")
        return row
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            return None
        raise
