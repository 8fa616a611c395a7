"""What is exported: which records, which columns, for whom; and the SQL of its cells."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction

from leadline.core.conditions import Context
from leadline.core.fields import Catalogue, Field
from leadline.core.lists.scope import Scope, Sql
from leadline.core.lists.searching import Search
from leadline.core.lists.selection import Selection
from leadline.core.spreadsheets import defused_sql

PORTION = 5_000
WINDOW = 20_000  # rows that a job writes at once
NUMBERS = {"number", "money"}
HARMLESS = {"number", "money", "date", "moment", "yes_no"}


@dataclass(frozen=True)
class Exporting:
    """A selection within a scope, and its columns; fields the person may not see are refused by name.

    Read through in one go, or window by window: a window is the rows up to an id, after those of the window
    before. `after` is the last id that was written already; then the file has its head, too.
    """

    selection: Selection
    columns: tuple[Field, ...]
    scope: Scope
    context: Context
    search: Search | None = None
    user: Any = None
    windows: tuple[int, ...] | None = None
    after: int | None = None

    @classmethod
    def of(cls, selection: Selection, names: list[str], *, user: Any = None, **around: Any) -> "Exporting":
        """With the columns named; without names, all that can be exported."""
        about = selection.catalogue
        chosen = [about.field(name, user) for name in dict.fromkeys(names)] or about.visible_to(user)
        return cls(selection, tuple(column for column in chosen if column.exportable), user=user, **around)

    @property
    def about(self) -> Catalogue:
        """The catalogue of the records."""
        return self.selection.catalogue

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    def within(self, windows: list[int], *, after: int | None = None) -> "Exporting":
        """The same, window by window, going on after an id."""
        return replace(self, windows=tuple(windows), after=after)

    def cut(self) -> tuple[list[int], int]:
        """Windows of some thousand rows, each by its last id, and how many rows there are; one query."""
        source, params = self._source()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT max(id), count(*) FROM (SELECT {self.about.id} AS id,"
                f" (row_number() OVER (ORDER BY {self.about.id}) - 1) / %s AS place {source}) numbered"
                " GROUP BY place ORDER BY 1",
                [WINDOW, *params],
            )
            found = cursor.fetchall()
        return [last for last, _rows in found], sum(rows for _last, rows in found)

    def selects(self, values: list[str]) -> Iterator[Sql]:
        """SELECTs of SQL values over the records, in the order of their ids: one, or one for each window."""
        source, params = self._source()
        if self.windows is None:
            yield f"SELECT {', '.join(values)} {source} ORDER BY {self.about.id}", params
            return
        after = self.after
        for last in self.windows:
            above, bounds = (f"{self.about.id} > %s AND", [after]) if after is not None else ("", [])
            window = f"{above} {self.about.id} <= %s"
            yield (
                f"SELECT {', '.join(values)} {source} AND {window} ORDER BY {self.about.id}",
                [*params, *bounds, last],
            )
            after = last

    def portions(self, values: list[str]) -> Iterator[list[tuple[Any, ...]]]:
        """The rows, some thousands at a time, of one moment of the database; or those of each window."""
        for sql, params in self.selects(values):
            if self.windows is not None:
                with connection.cursor() as cursor:
                    cursor.execute(sql, params)
                    yield cursor.fetchall()
                continue
            with transaction.atomic(), connection.chunked_cursor() as cursor:
                cursor.execute(sql, params)
                while rows := cursor.fetchmany(PORTION):
                    yield rows

    def _source(self) -> Sql:
        needs = {name for column in self.columns for name in column.joins}
        return self.selection.source_sql(
            scope=self.scope, context=self.context, search=self.search, user=self.user, needs=needs
        )


def cell_sql(column: Field) -> str:
    """A cell as text for a spreadsheet; what would run as a formula gets an apostrophe before it."""
    text = f"({column.export_sql})::text"
    if column.kind.key in HARMLESS and not column.exported:
        return text
    return defused_sql(text)
