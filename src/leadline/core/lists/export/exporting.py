"""What is exported: which records, which columns, for whom; and the SQL of its cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from leadline.core.conditions import Context
from leadline.core.fields import Catalogue, Field
from leadline.core.lists.scope import Scope, Sql
from leadline.core.lists.searching import Search
from leadline.core.lists.selection import Selection

PORTION = 5_000
NUMBERS = {"number", "money"}
HARMLESS = {"number", "money", "date", "moment", "yes_no"}
# What a spreadsheet runs as a formula: so it begins, and it is no plain or telephone number.
STARTS = "'=','+','-','@',E'\\t',E'\\r',E'\\n','＝','＋','－','＠'"
PLAIN_NUMBER = "'^[+-][0-9(][0-9 ().-]*(;ext=[0-9]+)?$'"


@dataclass(frozen=True)
class Exporting:
    """A selection within a scope, and its columns; fields the person may not see are refused by name."""

    selection: Selection
    columns: tuple[Field, ...]
    scope: Scope
    context: Context
    search: Search | None = None
    user: Any = None

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

    def select_sql(self, values: list[str]) -> Sql:
        """SELECT of SQL values over the records, in the order of their ids."""
        needs = {name for column in self.columns for name in column.joins}
        source, params = self.selection.source_sql(
            scope=self.scope, context=self.context, search=self.search, user=self.user, needs=needs
        )
        return f"SELECT {', '.join(values)} {source} ORDER BY {self.about.id}", params

    def portions(self, values: list[str]) -> Iterator[list[tuple[Any, ...]]]:
        """The rows, some thousands at a time, of one moment of the database."""
        sql, params = self.select_sql(values)
        with transaction.atomic(), connection.chunked_cursor() as cursor:
            cursor.execute(sql, params)
            while rows := cursor.fetchmany(PORTION):
                yield rows


def cell_sql(column: Field) -> str:
    """A cell as text for a spreadsheet; what would run as a formula gets an apostrophe before it."""
    text = f"({column.export_sql})::text"
    if column.kind.key in HARMLESS and not column.exported:
        return text
    runs = f"left({text}, 1) IN ({STARTS}) AND {text} !~ {PLAIN_NUMBER}"
    return f"CASE WHEN {runs} THEN '''' || {text} ELSE {text} END"
