"""Honest counts: exact where that is quick, "1,000+" or "50+" at once elsewhere, exact when asked."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from leadline.core.ahead import Ahead
from leadline.core.lists.finding import Finding
from leadline.core.lists.scope import Sql

AT_ONCE_WIDE = 1_000
AT_ONCE_NARROW = 10_000
# In the planner's units; some 10 ms where a row is looked at in a third of a microsecond.
DEAREST = 2_500


@dataclass(frozen=True)
class Count:
    """How many there are; when not `exact`, at least so many."""

    value: int
    exact: bool

    def __str__(self) -> str:
        return f"{self.value:,}" + ("" if self.exact else "+")


def count_ahead(finding: Finding) -> Ahead | None:
    """The statement that will tell how many, on its way; none where the page itself often tells.

    What is filtered or searched for often fits on the page, and counting it can take as long as finding it.
    """
    return Ahead(*_capped_sql(finding, most_at_once(finding)), kept=True) if finding.is_plain else None


def count_of(
    finding: Finding, *, exactly: bool = False, at_least: int | None = None, ahead: Ahead | None = None
) -> Count:
    """How many records the question finds, in one query.

    A person's own or team's records are counted to ten thousand, everything to a thousand; beyond that
    only when asked `exactly`, as counting a million takes longer than the page. Where even a thousand
    would take long, as rare ones among all, what is known `at_least` from the page is told instead.
    `ahead` is the statement that `count_ahead` sent for the same question.
    """
    most = most_at_once(finding)
    about = finding.asking.catalogue
    if ahead is not None:
        return _told(int(ahead.rows()[0][0]), most, finding)
    if exactly:
        finding = finding.whole()
        source, params = finding.source_sql(finding.scope.sql(about.scoped_by))
        sql = f"SELECT count(*) {source}"
    else:
        near = replace(finding, asking=finding.asking.from_start()).near()
        if near is not None and _counted(*_capped_sql(near, most)) > most:
            return Count(most, False)
        sql, params = _capped_sql(finding, most)
        if at_least is not None and _is_dear(finding, sql, params):
            return Count(at_least, False)
    found = _counted(sql, params)
    if exactly:
        return Count(found, True)
    return _told(found, most, finding)


def most_at_once(finding: Finding) -> int:
    """Up to how many records of a question are counted at once."""
    return AT_ONCE_WIDE if finding.scope.everything else AT_ONCE_NARROW


def _told(found: int, most: int, finding: Finding) -> Count:
    return Count(most, False) if found > most else Count(found, not finding.is_cut)


def _counted(sql: str, params: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.fetchone()[0])


def _is_dear(finding: Finding, sql: str, params: list[Any]) -> bool:
    """Whether the planner expects long work; asked only where it may be."""
    if not _may_be_dear(finding):
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        plan = cursor.fetchone()[0]
    return bool(plan[0]["Plan"]["Total Cost"] > DEAREST)


def _may_be_dear(finding: Finding) -> bool:
    return finding.scope.everything and finding.ids is None and not finding.asking.where.is_everything


def _capped_sql(finding: Finding, most: int) -> Sql:
    """Branch by branch, each by its own index until there are more than `most`; what comes is the sum."""
    if finding.scope.everything:
        finding = replace(finding, context=replace(finding.context, counting=True))
    side = finding.told_by_side
    table = finding.asking.order.table if side else finding.asking.catalogue.scoped_by
    branches = [finding.source_sql(branch, by_side=side) for branch in finding.scope.branches(table)] or [
        ("WHERE FALSE", [])
    ]
    # In the order of time the partitions have indexes for what is asked; without, all may be read in vain.
    order = f" ORDER BY {finding.asking.order.sql} DESC" if finding.since else ""
    parts = [
        f"(SELECT count(*) FROM (SELECT 1 {source}{order} LIMIT {most + 1}) AS counted)"
        for source, _params in branches
    ]
    params = [param for _source, branch_params in branches for param in branch_params]
    return f"SELECT {' + '.join(parts)}", params
