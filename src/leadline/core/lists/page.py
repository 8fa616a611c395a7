"""A page of a list: its rows with their cells ready to show, the way on and back, and the count."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db import connection

from leadline.core.conditions import Context
from leadline.core.fields import Field, Viewer
from leadline.core.lists.asking import Asking
from leadline.core.lists.counts import Count, count_of
from leadline.core.lists.cursors import Cursor
from leadline.core.lists.finding import Finding
from leadline.core.lists.scope import Scope
from leadline.core.lists.searching import Search


class Row(NamedTuple):
    """One record: its id, its values (as shown, or as stored), its cells as text."""

    id: int
    values: tuple[Any, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """What a list shows; `next` and `previous` are cursors for `after` and `before`."""

    asking: Asking
    rows: list[Row]
    count: Count | None
    next: str | None
    previous: str | None

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns in their order."""
        return self.asking.columns

    def records(self) -> list[dict[str, Any]]:
        """The rows by field names, as the API gives them."""
        names = [column.name for column in self.columns]
        return [{"id": row.id, **dict(zip(names, row.values, strict=True))} for row in self.rows]


def page_of(
    asking: Asking,
    *,
    scope: Scope,
    context: Context,
    viewer: Viewer | None = None,
    search: Search | None = None,
    counted: bool = True,
    shown: bool = False,
) -> Page:
    """The page that is asked for, within a scope: one query for the rows, one for the count.

    With a `viewer` values and cells are as a person reads them, with `shown` the values alone; without
    either, values are as stored. `search` gives the ids for `q`, best first; without one, `q` finds nothing.
    """
    finding = finding_of(
        asking, scope=scope, context=context, search=search, raw=viewer is None and not shown
    )
    found = _rows(finding)
    more = len(found) > asking.limit
    if finding.backwards and not more:  # the start was reached: show the first page whole
        finding = replace(finding, asking=asking.from_start())
        found = _rows(finding)
        more = len(found) > asking.limit
    found = found[: asking.limit]
    if finding.backwards:
        found.reverse()
    count = _count(finding, len(found), more) if counted else None
    return Page(asking, _dressed(found, asking.columns, viewer), count, *_ways(finding, found, more))


def _count(finding: Finding, found: int, more: bool) -> Count:
    """Counted by the page itself where it holds all; else by a query."""
    if not more and finding.asking.after is None and finding.asking.before is None:
        return Count(found, not finding.is_cut)
    return count_of(finding, at_least=found)


def finding_of(
    asking: Asking, *, scope: Scope, context: Context, search: Search | None = None, raw: bool = True
) -> Finding:
    """The question with its search answered."""
    ids = None
    if asking.q:
        ids = search.ids(asking.q) if search else []
    return Finding(asking, scope, context, ids, raw, search)


def _rows(finding: Finding) -> list[tuple[Any, ...]]:
    if finding.ids == []:
        return []
    near = finding.near()
    if near is not None:
        rows = _asked(*near.rows_sql())
        if len(rows) > finding.asking.limit:
            return rows
    if finding.has_rest:
        rows = _asked(*finding.rows_sql(with_rest=False))
        if len(rows) > finding.asking.limit:
            return rows
    return _asked(*finding.rows_sql())


def _asked(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _dressed(found: list[tuple[Any, ...]], columns: tuple[Field, ...], viewer: Viewer | None) -> list[Row]:
    if viewer is None:
        return [Row(row[0], row[2:], ()) for row in found]
    shows = [column.show for column in columns]
    return [
        Row(row[0], row[2:], tuple([show(value, viewer) for show, value in zip(shows, row[2:], strict=True)]))
        for row in found
    ]


def _ways(finding: Finding, found: list[tuple[Any, ...]], more: bool) -> tuple[str | None, str | None]:
    """The cursors on and back."""
    if not found:
        return None, None
    asking = finding.asking
    first, last = (Cursor(asking.sort, row[1], row[0]).word() for row in (found[0], found[-1]))
    onward = more or finding.backwards
    backward = (more and finding.backwards) or asking.after is not None
    return (last if onward else None), (first if backward else None)
