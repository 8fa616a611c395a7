"""The SQL of a page: per branch of the scope the first rows by an index, merged, then dressed.

A branch is one plain equality (owner = me), so that its index `(scope, sort, id)` gives the rows in order and
stops at the limit. Rows without a key come last, from a branch of their own: a second range of the same
index. Columns from other tables are joined only to the rows that were found.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from leadline.core.conditions import Context
from leadline.core.lists.asking import RANK, Asking
from leadline.core.lists.cursors import Cursor
from leadline.core.lists.scope import Scope, Sql, joined
from leadline.core.lists.searching import MOST_RANKED, Search

CASTS = {"text": "text", "date": "date", "moment": "timestamptz"}


@dataclass(frozen=True)
class Finding:
    """A question to a list as one person asks it now; `ids` are what a search gave, best first."""

    asking: Asking
    scope: Scope
    context: Context
    ids: list[int] | None = None
    raw: bool = False  # values as stored rather than as shown
    search: Search | None = None
    matching: Sql | None = None  # all that a search finds, where `ids` hold the best of it
    since: datetime | None = None  # only the partitions from here on

    def whole(self) -> "Finding":
        """The same question about all that the search finds, in no order."""
        if self.search is None or not self.asking.q:
            return self
        return replace(self, ids=None, matching=self.search.all_sql(self.asking.q))

    def near(self) -> "Finding | None":
        """The same question about the time just before the page's place; none where it can't be asked so."""
        near = self.asking.order.near
        if near is None or self.direction == "ASC":
            return None
        cursor = self.asking.before or self.asking.after
        return replace(self, since=(cursor.key if cursor else self.context.now) - near)

    @property
    def is_plain(self) -> bool:
        """Whether whoever asks finds it the same way, so that the database may keep its plan: a stretch of
        an index of the scope, whatever the values are."""
        asking = self.asking
        return asking.where.is_everything and self.ids is self.matching is None and asking.order.near is None

    @property
    def size_sql(self) -> Sql | None:
        """The statement that tells how many there are, where that is kept: all records in one set."""
        asking = self.asking
        if not self.scope.everything or asking.archived != "no" or asking.q:
            return None
        return asking.where.root.size_sql()

    @property
    def is_cut(self) -> bool:
        """Whether the search found more than it ranked, perhaps."""
        return self.search is not None and self.ids is not None and len(self.ids) >= MOST_RANKED

    @property
    def backwards(self) -> bool:
        """Whether the page before a place is wanted."""
        return self.asking.before is not None

    @property
    def direction(self) -> str:
        """The direction in which the index is read."""
        return "DESC" if self.asking.descending != self.backwards else "ASC"

    @property
    def has_rest(self) -> bool:
        """Whether rows without a key may stand after those with one."""
        return len(self._parts()) > 1 and not self.backwards

    def rows_sql(self, *, with_rest: bool = True) -> Sql:
        """The rows of the page and one more: id, key, then the columns.

        Rows without a key matter only where those with one don't fill the page; without them
        (`with_rest`) there is half as much to plan.
        """
        found, params = self._found_sql(self._parts() if with_rest else self._parts()[:1])
        about, columns = self.asking.catalogue, self.asking.columns
        values = [column.sql if self.raw else column.shown_sql for column in columns]
        needs = [name for column in columns for name in ((column.needs,) if self.raw else column.joins)]
        partition, bounds = self._partition_sql()
        beside, beside_params = joined(about, needs, self.scope)
        sql = (
            f"SELECT found.id, found.key{''.join(f', {value}' for value in values)} FROM ({found}) AS found"
            f" JOIN {about.table} ON {about.id} = found.id{partition} {beside}"
            f" ORDER BY {self._outer_order('found.')}"
        )
        return sql, [*params, *bounds, *beside_params]

    def _partition_sql(self) -> Sql:
        """In which partition the rows that were found stand."""
        order = self.asking.order
        if order.near is None:
            return "", []
        since = f" AND {order.sql} >= %s" if self.since else ""
        return f" AND {order.sql} = found.key{since}", [self.since] if self.since else []

    def source_sql(self, branch: Sql, *, by_side: bool = False, needs: Iterable[str] = ()) -> Sql:
        """FROM and WHERE of the records asked for, within one branch of the scope.

        `by_side` asks the table in which the order is kept, where that is another one.
        """
        about = self.asking.catalogue
        tests, params = self._tests()
        table, wanted = about.table, {*needs, *self.asking.where.needs, about.scope_needs}
        if by_side and (order := self.asking.order).table:
            table = f"{order.table} {order.join}"
            tests = [order.beside(test) for test in tests]
            side = f"LEFT JOIN {order.table} ON "  # it stands there already
            wanted = {name for name in wanted if not about.joins.get(name, "").startswith(side)}
        beside, beside_params = joined(about, wanted, self.scope)
        where = " AND ".join([branch[0], *tests])
        return f"FROM {table} {beside} WHERE {where}", [*beside_params, *branch[1], *params]

    @property
    def told_by_side(self) -> bool:
        """Whether the table in which the order is kept says all that is asked for."""
        about, order = self.asking.catalogue, self.asking.order
        return bool(order.table) and not any(f"{about.table}." in order.beside(t) for t in self._tests()[0])

    def _tests(self) -> tuple[list[str], list[Any]]:
        """What a record must be, besides within reach."""
        about, asking = self.asking.catalogue, self.asking
        tests: list[str] = []
        params: list[Any] = []
        if asking.archived != "all" and about.archived_sql:
            tests.append(f"{about.archived_sql} IS {'NOT ' if asking.archived == 'only' else ''}NULL")
        if not asking.where.is_everything:
            where, where_params = asking.where.sql(self.context)
            tests.append(f"({where})")
            params += where_params
        if self.since is not None:
            tests.append(f"{asking.order.sql} >= %s")
            params.append(self.since)
        if self.ids is not None:
            tests.append(f"{about.id} = ANY(%s::bigint[])")
            params.append(self.ids)
        if self.matching is not None:
            tests.append(f"{about.id} IN ({self.matching[0]})")
            params += self.matching[1]
        return tests, params

    def _found_sql(self, parts: list[tuple[int, Cursor | None]]) -> Sql:
        order = self.asking.order
        table = order.table or self.asking.catalogue.scoped_by
        pieces = [
            self._piece_sql(branch, part, place)
            for part, cursor in parts
            for place in self._places(part, cursor)
            for branch in self.scope.branches(table)
        ]
        if not pieces:
            nothing = f"NULL::bigint AS id, NULL::{CASTS.get(order.holds, 'bigint')} AS key, 0 AS part"
            return f"SELECT {nothing} WHERE FALSE", []
        params = [param for _sql, piece_params in pieces for param in piece_params]
        if len(pieces) == 1:
            return pieces[0][0], params
        merged = " UNION ALL ".join(f"({sql})" for sql, _params in pieces)
        most = self.asking.limit + 1
        return (
            f"SELECT * FROM ({merged}) AS merged ORDER BY {self._outer_order('merged.')} LIMIT {most}",
            params,
        )

    def _parts(self) -> list[tuple[int, Cursor | None]]:
        """Which parts are read, and from where: 0 the rows with a key, 1 those without."""
        cursor = self.asking.before or self.asking.after
        if not self.asking.order.nullable:
            return [(0, cursor)]
        if cursor is None:
            return [(0, None), (1, None)]
        if cursor.key is None:
            return [(0, None), (1, cursor)] if self.backwards else [(1, cursor)]
        return [(0, cursor)] if self.backwards else [(0, cursor), (1, None)]

    @property
    def _id_sql(self) -> str:
        return self.asking.order.id_sql or self.asking.catalogue.id

    @property
    def _ranked(self) -> list[Any]:
        """The parameter that the order of likeness brings each time it is written."""
        return [self.ids or []] if self.asking.sort.removeprefix("-") == RANK else []

    def _piece_sql(self, branch: Sql, part: int, place: Sql) -> Sql:
        order, id_sql = self.asking.order, self._id_sql
        source, params = self.source_sql(branch, by_side=True)
        sql = (
            f"SELECT {id_sql} AS id, {order.sql} AS key, {part} AS part {source}{place[0]}"
            f" ORDER BY {order.sql} {self.direction}, {id_sql} {self.direction} LIMIT {self.asking.limit + 1}"
        )
        return sql, [*self._ranked, *params, *place[1], *self._ranked]

    def _places(self, part: int, cursor: Cursor | None) -> list[Sql]:
        """Where the page begins in a part, as one or more ranges of its index."""
        order, id_sql = self.asking.order, self._id_sql
        sign = ">" if self.direction == "ASC" else "<"
        tests = f" AND {order.sql} IS {'' if part else 'NOT '}NULL" if order.nullable else ""
        if cursor is None:
            return [(tests, [])]
        if part:
            return [(f"{tests} AND {id_sql} {sign} %s::bigint", [cursor.id])]
        cast = f"::{CASTS[order.holds]}" if order.holds in CASTS else ""
        if order.near is not None:
            # Millions may share a moment. A comparison of rows rules out no partition, and the planner takes
            # it for one of the moments alone, so that it reads and sorts the millions.
            return [
                (f" AND {order.sql} = %s{cast} AND {id_sql} {sign} %s::bigint", [cursor.key, cursor.id]),
                (f" AND {order.sql} {sign} %s{cast}", [cursor.key]),
            ]
        place = f"{tests} AND ({order.sql}, {id_sql}) {sign} (%s{cast}, %s::bigint)"
        return [(place, [*self._ranked, cursor.key, cursor.id])]

    def _outer_order(self, prefix: str) -> str:
        parts = "DESC" if self.backwards else "ASC"
        return f"{prefix}part {parts}, {prefix}key {self.direction}, {prefix}id {self.direction}"
