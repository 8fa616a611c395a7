"""A page of a list: its rows with their cells ready to show, the way on and back, and the count."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from leadline.core.ahead import Ahead, Rows
from leadline.core.conditions import Context
from leadline.core.fields import Field, Viewer
from leadline.core.lists.asking import Asking
from leadline.core.lists.counts import Count, Counting
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
    counting: Counting | Count | None
    next: str | None
    previous: str | None

    @cached_property
    def count(self) -> Count | None:
        """How many records there are on all pages, if that was asked; waits for it."""
        return self.counting.count() if isinstance(self.counting, Counting) else self.counting

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
    raw = viewer is None and not shown
    finding = finding_of(asking, scope=scope, context=context, search=search, raw=raw)
    return Paging(finding, viewer=viewer, counted=counted).page()


class Paging:
    """A page that is asked for; its first statements are sent when this is made, within `sending_ahead`."""

    def __init__(self, finding: Finding, *, viewer: Viewer | None = None, counted: bool = True):
        self.finding, self.viewer = finding, viewer
        self._tries = _tries(finding)
        self._first = next(self._tries, None)
        self._counting = Counting(finding) if counted else None

    def page(self) -> Page:
        """Its rows; how many records there are is on its way."""
        finding, asking = self.finding, self.finding.asking
        found = _filled(chain(filter(None, [self._first]), self._tries), asking.limit)
        more = len(found) > asking.limit
        if finding.backwards and not more:  # the start was reached: show the first page whole
            finding = replace(finding, asking=asking.from_start())
            found = _filled(_tries(finding), asking.limit)
            more = len(found) > asking.limit
        found = found[: asking.limit]
        if finding.backwards:
            found.reverse()
        counting = self._counted(finding, len(found), more)
        return Page(
            asking, _dressed(found, asking.columns, self.viewer), counting, *_ways(finding, found, more)
        )

    def _counted(self, finding: Finding, found: int, more: bool) -> Counting | Count | None:
        """By the page itself where it holds all; else by a statement."""
        if self._counting is None:
            return None
        if not more and finding.asking.after is None and finding.asking.before is None:
            return Count(found, not finding.is_cut)
        return self._counting.send(at_least=found)


def finding_of(
    asking: Asking, *, scope: Scope, context: Context, search: Search | None = None, raw: bool = True
) -> Finding:
    """The question with its search answered."""
    ids = None
    if asking.q:
        ids = search.ids(asking.q) if search else []
    return Finding(asking, scope, context, ids, raw, search)


def _tries(finding: Finding) -> Iterator[Ahead]:
    """Statements that may fill the page, the quickest first; the last one finds all there is."""
    if finding.ids == []:
        return
    near, kept = finding.near(), finding.is_plain
    if near is not None:
        yield Ahead(*near.rows_sql())
    if finding.has_rest:
        yield Ahead(*finding.rows_sql(with_rest=False), kept=kept)
    yield Ahead(*finding.rows_sql(), kept=kept)


def _filled(tries: Iterable[Ahead], limit: int) -> Rows:
    """The rows of the first statement that fills the page, or of the last one."""
    rows: Rows = []
    for each in tries:
        rows = each.rows()
        if len(rows) > limit:
            break
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
