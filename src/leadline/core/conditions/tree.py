"""The parts of a condition: all of, any of, not, a question about a field or about linked objects."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from leadline.core.conditions.context import Context
from leadline.core.conditions.gathering import Gathering
from leadline.core.conditions.operators import Asked, Sql
from leadline.core.fields.catalogue import Catalogue, Link
from leadline.core.fields.field import Field

Record = Mapping[str, Any]


class Part(ABC):
    """A part of a condition."""

    @abstractmethod
    def sql(self, context: Context) -> Sql:
        """SQL with its parameters; NULL counts as no."""

    @abstractmethod
    def matches(self, record: Record, context: Context) -> bool:
        """Whether one record, by field names, fulfils it."""

    @abstractmethod
    def fields(self) -> Iterator[Field]:
        """The fields of the object itself that it asks about."""

    def size_sql(self) -> Sql | None:
        """SQL of how many records in use fulfil it, where that is kept."""
        return None


@dataclass(frozen=True)
class Group(Part):
    """All of the parts (`and`), or at least one of them (`or`)."""

    word: str
    parts: tuple[Part, ...]

    def sql(self, context: Context) -> Sql:
        """An empty `and` is true, an empty `or` false."""
        if not self.parts:
            return ("TRUE" if self.word == "and" else "FALSE"), []
        if self.word == "or" and len(self.parts) > 1:
            context = context.looking_up()
        compiled = [part.sql(context) for part in self.parts]
        params = [param for _sql, part_params in compiled for param in part_params]
        if len(compiled) == 1:
            return compiled[0][0], params
        return "(" + f" {self.word.upper()} ".join(f"({sql})" for sql, _params in compiled) + ")", params

    def matches(self, record: Record, context: Context) -> bool:
        """The same in Python."""
        answers = (part.matches(record, context) for part in self.parts)
        return all(answers) if self.word == "and" else any(answers)

    def fields(self) -> Iterator[Field]:
        """Those of the parts."""
        for part in self.parts:
            yield from part.fields()

    def size_sql(self) -> Sql | None:
        """That of its one part."""
        return self.parts[0].size_sql() if len(self.parts) == 1 else None


@dataclass(frozen=True)
class Not(Part):
    """The opposite of a part."""

    part: Part

    def sql(self, context: Context) -> Sql:
        """What is unknown is not, so its opposite is."""
        sql, params = self.part.sql(context.looking_up())
        return f"({sql}) IS NOT TRUE", params

    def matches(self, record: Record, context: Context) -> bool:
        """The same in Python."""
        return not self.part.matches(record, context)

    def fields(self) -> Iterator[Field]:
        """Those of the part."""
        return self.part.fields()


@dataclass(frozen=True)
class Question(Part):
    """A field, an operator, a value."""

    asked: Asked

    def sql(self, context: Context) -> Sql:
        """About the field's own SQL."""
        if self.asked.field.asks:
            return self.asked.field.asks(self.asked.operand)
        return self.asked.sql(self.asked.field.sql, context)

    def matches(self, record: Record, context: Context) -> bool:
        """About the field's value in the record; several stand there with commas."""
        if self.asked.field.asks:
            return self.asked.operand in str(record.get(self.asked.field.name) or "").split(", ")
        return self.asked.holds(record.get(self.asked.field.name), context)

    def fields(self) -> Iterator[Field]:
        """Its field."""
        yield self.asked.field

    def size_sql(self) -> Sql | None:
        """Where it asks for who is in one set."""
        among, operand = self.asked.field.among, self.asked.operand
        if among is None or not among.size or self.asked.op not in ("has_any", "has_all") or len(operand) > 1:
            return None
        return among.size, list(operand)


@dataclass(frozen=True)
class ChangedIn(Part):
    """Whether a change set (an import, a bulk change) created or changed the record, by the history."""

    catalogue: Catalogue
    verb: str  # created | changed
    change_set: int
    title: str  # empty where the person does not see the change set

    def sql(self, context: Context) -> Sql:
        """By the history's index of change sets; no older month is looked into."""
        return (
            f"{self.catalogue.id} IN (SELECT record_id FROM core_history"
            " WHERE change_set_id = %s AND kind = %s AND verb = %s AND at >="
            " (SELECT created_at - interval '1 day' FROM core_changeset WHERE id = %s))",
            [self.change_set, self.catalogue.kind, self.verb, self.change_set],
        )

    def matches(self, record: Record, context: Context) -> bool:
        """The same over the change sets that the record names under `created_in` or `changed_in`."""
        return self.change_set in (record.get(f"{self.verb}_in") or ())

    def fields(self) -> Iterator[Field]:
        """None: it asks the history."""
        return iter(())


@dataclass(frozen=True)
class Linked(Part):
    """How many linked objects there are, the sum of one of their fields, or the latest of their dates."""

    link: Link
    catalogue: Catalogue
    measure: str  # count | sum | latest
    of: Field | None
    where: Part | None
    asked: Asked

    def sql(self, context: Context) -> Sql:
        """A subquery on the linked table; asking for at least one needs no counting."""
        if context.gathering is not None:
            return self._gathered(context.gathering, context)
        source, params = self._source(context)
        if self.measure == "count" and (self.asked.op, self.asked.operand) in _ANY_AT_ALL:
            return f"EXISTS (SELECT 1 {source})", params
        if self.measure == "count" and (self.asked.op, self.asked.operand) in _NONE_AT_ALL:
            return f"NOT EXISTS (SELECT 1 {source})", params
        column = self.of.sql if self.of else "*"
        figure = {
            "count": f"(SELECT count(*) {source})",
            "sum": f"(SELECT coalesce(sum({column}), 0) {source})",
            "latest": f"(SELECT max({column}) {source})",
        }[self.measure]
        # A span of time asks about its column twice, and so do the parameters of the subquery.
        sql, asked_params = self.asked.sql(figure, context)
        times = sql.count(figure)
        return (sql, [*params, *asked_params]) if times == 1 else self._once(figure, params, context)

    def _gathered(self, gathering: Gathering, context: Context) -> Sql:
        """The question to a figure that is gathered for all records; of nothing it is 0, or no moment."""
        column = self.of.sql if self.of else "*"
        figure = {"count": "count", "sum": "sum", "latest": "max"}[self.measure] + f"({column})"
        where = self.where.sql(replace(context, gathering=None)) if self.where else None
        gathered = gathering.column(self.link, self.catalogue, figure, where, self._needs)
        return self.asked.sql(gathered if self.measure == "latest" else f"coalesce({gathered}, 0)", context)

    def _once(self, figure: str, params: list[Any], context: Context) -> Sql:
        sql, asked_params = self.asked.sql("figure.value", context)
        return f"(SELECT {sql} FROM (SELECT {figure} AS value) AS figure)", [*asked_params, *params]

    @property
    def _needs(self) -> set[str]:
        """The joins of the linked catalogue that its condition and its field want."""
        needs = {field.needs for field in self.where.fields()} if self.where else set()
        return needs | {self.of.needs} if self.of else needs

    def _source(self, context: Context) -> Sql:
        where, params = self.where.sql(context) if self.where else ("", [])
        tests = [test for test in (self.link.on, self.link.always, where) if test]
        joins = self.catalogue.join_sql(self._needs)
        return (
            f"FROM {self.catalogue.table} {joins} WHERE {' AND '.join(f'({test})' for test in tests)}",
            params,
        )

    def matches(self, record: Record, context: Context) -> bool:
        """The same over the list that the record holds under the link's name."""
        linked = [
            other
            for other in record.get(self.link.name) or ()
            if self.where is None or self.where.matches(other, context)
        ]
        return self.asked.holds(self._figure(linked), context)

    def _figure(self, linked: list[Record]) -> Any:
        if self.of is None:
            return len(linked)
        values = [value for other in linked if (value := other.get(self.of.name)) is not None]
        return sum(values) if self.measure == "sum" else max(values, default=None)

    def fields(self) -> Iterator[Field]:
        """None of the object's own: the subquery brings its joins along."""
        return iter(())


_ANY_AT_ALL = {("at_least", 1), ("greater_than", 0)}
_NONE_AT_ALL = {("equals", 0), ("at_most", 0), ("less_than", 1)}
