"""A condition that was understood: SQL, one record, a sentence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from leadline.core.conditions.context import Context
from leadline.core.conditions.operators import Sql
from leadline.core.conditions.sentences import Naming, by_number, sentence_of
from leadline.core.conditions.tree import Group, Part, Question
from leadline.core.fields.catalogue import Catalogue


@dataclass(frozen=True)
class Condition:
    """What `parse` understood. `given` is the JSON as it came, kept for storing and showing."""

    catalogue: Catalogue
    root: Part
    given: Any

    @property
    def is_everything(self) -> bool:
        """Whether it asks nothing."""
        return self.root == Group("and", ())

    @cached_property
    def needs(self) -> frozenset[str]:
        """Names of the catalogue's joins that `sql` wants around it."""
        return frozenset(field.needs for field in self.root.fields() if field.needs)

    def sql(self, context: Context) -> Sql:
        """SQL for a WHERE over the catalogue's table and the joins of `needs`, with its parameters."""
        sql, params = self.root.sql(context)
        implied = self.catalogue.implies(self._required) if self.catalogue.implies else None
        return (f"({sql}) AND {implied[0]}", [*params, *implied[1]]) if implied else (sql, params)

    @property
    def _required(self) -> dict[str, tuple[Any, ...]]:
        """Field name → the values one of which it must equal, where nothing else helps."""
        root = self.root
        parts = root.parts if isinstance(root, Group) and root.word == "and" else (root,)
        asked = [each.asked for each in parts if isinstance(each, Question)]
        return {
            each.field.name: tuple(each.operand) if each.op == "in" else (each.operand,)
            for each in asked
            if each.op in ("equals", "in")
        }

    def ids_sql(self, context: Context) -> Sql:
        """SQL that gives the ids of all records that fulfil it; stands alone."""
        where, params = self.sql(context)
        table = self.catalogue.table
        return (
            f"SELECT {self.catalogue.id} FROM {table} {self.catalogue.join_sql(self.needs)} WHERE {where}",
            params,
        )

    def q(self, context: Context) -> Q:
        """The same as a filter of a queryset of the object."""
        if self.needs:
            return Q(pk__in=RawSQL(*self.ids_sql(context)))  # noqa: S611 - values are parameters
        return Q(RawSQL(*self.sql(context), output_field=BooleanField()))  # noqa: S611

    def matches(self, record: Mapping[str, Any], context: Context) -> bool:
        """Whether one record, a mapping by field names (linked objects as lists), fulfils it."""
        return self.root.matches(record, context)

    def sentence(self, naming: Naming = by_number) -> str:
        """The condition in words, in the language in use; `naming(kind, id)` names users and teams."""
        return sentence_of(self.root, naming)

    @property
    def stored(self) -> Any:
        """The JSON for a column that holds JSON."""
        return json.loads(self.json())

    def json(self) -> str:
        """The JSON to store or to put into an address."""
        return json.dumps(self.given, default=plain, ensure_ascii=False, separators=(",", ":"))


def everything(about: Catalogue) -> Condition:
    """The condition that all records fulfil."""
    return Condition(about, Group("and", ()), {})


def plain(value: Any) -> Any:
    """A number that JSON does not know, as one that it does."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
