"""Figures of linked objects for many records at once: one pass over each linked table, for all who ask.

Asked record by record, a figure costs a look into an index for each; that is right for a page of a list. For
all records, or for those that changed, conditions leave their figures here while they are compiled, and the
statement joins what was gathered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from leadline.core.fields.catalogue import Catalogue, Link
from leadline.core.sets import array_of

Sql = tuple[str, list[Any]]


@dataclass(frozen=True)
class Some:
    """Some records, by their ids."""

    ids: Sequence[int]

    def test(self, column: str) -> Sql:
        """SQL of whether a record's id is among them."""
        return f"{column} = ANY(%s::bigint[])", [array_of(self.ids)]


@dataclass(frozen=True)
class Half:
    """Half of all records: those below an id, or from it on; a planner knows how many these are."""

    middle: int
    is_upper: bool

    def test(self, column: str) -> Sql:
        """SQL of whether a record's id is in this half."""
        return f"{column} {'>=' if self.is_upper else '<'} %s", [self.middle]


Among = Some | Half


@dataclass
class _Gathered:
    """The figures over one linked table: each with the SQL of which objects count, if not all do."""

    link: Link
    catalogue: Catalogue
    among: Among | None
    figures: list[tuple[str, Sql | None]] = field(default_factory=list)
    needs: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return f"gathered_{self.link.name}"

    def join(self) -> Sql:
        columns, params = [], []
        for place, (figure, where) in enumerate(self.figures):
            columns.append(f"{figure}{f' FILTER (WHERE {where[0]})' if where else ''} AS f{place}")
            params += where[1] if where else []
        tests = [test for test in (f"{self.link.key} IS NOT NULL", self.link.always) if test]
        if self.among is not None:
            within, its_params = self.among.test(self.link.key)
            tests.append(within)
            params += its_params
        wheres = [where for _figure, where in self.figures if where]
        if len(wheres) == len(self.figures):  # what no figure counts need not be read
            tests.append(" OR ".join(f"({sql})" for sql, _params in wheres))
            params += [param for _sql, its_params in wheres for param in its_params]
        record = self.link.on.partition(" = ")[2]
        return (
            f"LEFT JOIN (SELECT {self.link.key} AS key, {', '.join(columns)} FROM {self.catalogue.table}"
            f" {self.catalogue.join_sql(self.needs)} WHERE {' AND '.join(f'({test})' for test in tests)}"
            f" GROUP BY {self.link.key}) AS {self.name} ON {self.name}.key = {record}",
            params,
        )


class Gathering:
    """What the conditions of one statement ask of linked objects; the same figure is gathered once.

    `among` are the records that the statement asks; all of them without.
    """

    def __init__(self, among: Among | None = None) -> None:
        self._among = among
        self._linked: dict[str, _Gathered] = {}

    @property
    def is_of_some(self) -> bool:
        """Whether the statement asks some records, not all."""
        return isinstance(self._among, Some)

    def column(
        self, link: Link, about: Catalogue, figure: str, where: Sql | None, needs: Iterable[str]
    ) -> str:
        """SQL of a figure of a record; NULL where nothing is linked."""
        gathered = self._linked.setdefault(link.name, _Gathered(link, about, self._among))
        gathered.needs.update(needs)
        if (figure, where) not in gathered.figures:
            gathered.figures.append((figure, where))
        return f"{gathered.name}.f{gathered.figures.index((figure, where))}"

    def joins(self) -> Sql:
        """The joins that the statement needs, after all of its conditions were compiled."""
        joins = [gathered.join() for gathered in self._linked.values()]
        return " ".join(sql for sql, _params in joins), [param for _sql, params in joins for param in params]
