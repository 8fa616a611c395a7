"""Honest counts: exact where that is quick, "1,000+" at once elsewhere, exact when asked."""

from dataclasses import dataclass

from django.db import connection

from leadline.core.lists.finding import Finding

AT_ONCE_WIDE = 1_000
AT_ONCE_NARROW = 10_000


@dataclass(frozen=True)
class Count:
    """How many there are; when not `exact`, at least so many."""

    value: int
    exact: bool

    def __str__(self) -> str:
        return f"{self.value:,}" + ("" if self.exact else "+")


def count_of(finding: Finding, *, exactly: bool = False) -> Count:
    """How many records the question finds, in one query.

    A person's own or team's records are counted to ten thousand, everything to a thousand; beyond that
    only when asked `exactly`, as counting a million takes longer than the page.
    """
    most = AT_ONCE_WIDE if finding.scope.everything else AT_ONCE_NARROW
    source, params = finding.source_sql(finding.scope.sql(finding.asking.catalogue.scoped_by))
    if exactly:
        sql = f"SELECT count(*) {source}"
    else:
        sql = f"SELECT count(*) FROM (SELECT 1 {source} LIMIT {most + 1}) AS counted"
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchone()[0]
    return Count(found, True) if exactly or found <= most else Count(most, False)
