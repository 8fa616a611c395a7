"""Honest counts: exact where that is quick, "1,000+" or "50+" at once elsewhere, exact when asked."""

from dataclasses import dataclass, replace

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


class Counting:
    """How many records a question finds, of which it is not known yet whether it has to be asked.

    What is unfiltered is asked at once, within `sending_ahead`; the rest when it is known that the page does
    not tell (`send`): what is filtered or searched for often fits on the page, and counting it can take as
    long as finding it. How many are in a segment is kept, so that is read, and exact.
    """

    def __init__(self, finding: Finding):
        self._finding, self._most = finding, most_at_once(finding)
        size = finding.size_sql
        self._is_kept = size is not None
        self._sql = size or _capped_sql(finding, self._most)
        self._near = replace(finding, asking=finding.asking.from_start()).near()
        self._plan = None if self._near or self._is_kept else self._explained()
        self._sent = Ahead(*self._sql, kept=True) if finding.is_plain or self._is_kept else None
        self._at_least: int | None = None

    def send(self, at_least: int | None = None) -> "Counting":
        """Ask, unless long work is to be expected and it is known that there are `at_least` so many."""
        self._at_least = at_least
        if self._near:
            self._sent = Ahead(*_capped_sql(self._near, self._most))
        elif self._sent is None and not self._is_dear():
            self._sent = Ahead(*self._sql)
        return self

    def count(self) -> Count:
        """How many; waits for it."""
        if self._sent is None:
            return Count(self._at_least or 0, False)
        found = _number(self._sent)
        if found > self._most and not self._is_kept:
            return Count(self._most, False)
        if self._near:  # the time just before tells too little: all of it
            self._near, self._sent, self._plan = None, None, self._explained()
            return self.send(self._at_least).count()
        return Count(found, not self._finding.is_cut)

    def _explained(self) -> Ahead | None:
        """The planner's estimate, where counting may take long."""
        finding = self._finding
        if not finding.scope.everything or finding.ids is not None or finding.asking.where.is_everything:
            return None
        return Ahead(f"EXPLAIN (FORMAT JSON) {self._sql[0]}", self._sql[1])

    def _is_dear(self) -> bool:
        """Whether the planner expects long work, where less than an answer is known."""
        if self._at_least is None or self._plan is None:
            return False
        ((found,),) = self._plan.rows()
        return bool(found[0]["Plan"]["Total Cost"] > DEAREST)


def count_of(finding: Finding, *, exactly: bool = False, at_least: int | None = None) -> Count:
    """How many records the question finds, in one query.

    A person's own or team's records are counted to ten thousand, everything to a thousand; beyond that
    only when asked `exactly`, as counting a million takes longer than the page. Where even a thousand
    would take long, as rare ones among all, what is known `at_least` from the page is told instead.
    """
    if not exactly:
        return Counting(finding).send(at_least).count()
    finding = finding.whole()
    source, params = finding.source_sql(finding.scope.sql(finding.asking.catalogue.scoped_by))
    return Count(_number(Ahead(f"SELECT count(*) {source}", params)), True)


def _number(asked: Ahead) -> int:
    return int(asked.rows()[0][0])


def most_at_once(finding: Finding) -> int:
    """Up to how many records of a question are counted at once."""
    return AT_ONCE_WIDE if finding.scope.everything else AT_ONCE_NARROW


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
