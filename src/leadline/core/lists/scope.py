"""What a list needs to know of who may see what; `people.scope.Reach` is one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from leadline.core.fields import Catalogue

Sql = tuple[str, list[Any]]


class Scope(Protocol):
    """The rows within reach: everything, or branches of plain equalities that don't overlap."""

    @property
    def everything(self) -> bool:
        """Whether all rows are within reach."""

    def sql(self, table: str) -> Sql:
        """One condition on a table with owner_id, team_id and territory_id."""

    def branches(self, table: str) -> list[Sql]:
        """The same as separate conditions, each answered by an index."""


@dataclass(frozen=True)
class Everything:
    """All rows: the reach of the house itself."""

    everything: bool = True
    nothing: bool = False

    def sql(self, table: str) -> Sql:
        """No condition."""
        return "TRUE", []

    def branches(self, table: str) -> list[Sql]:
        """No condition."""
        return [("TRUE", [])]


@dataclass(frozen=True)
class Both:
    """What is within two scopes at once: what a person sees and may also take out."""

    one: Scope
    other: Scope

    @property
    def everything(self) -> bool:
        """Whether neither limits anything."""
        return self.one.everything and self.other.everything

    def sql(self, table: str) -> Sql:
        """Both conditions."""
        one, other = self.one.sql(table), self.other.sql(table)
        return f"({one[0]}) AND ({other[0]})", [*one[1], *other[1]]

    def branches(self, table: str) -> list[Sql]:
        """The branches of the one, each within the other."""
        other = self.other.sql(table)
        return [
            (f"({sql}) AND ({other[0]})", [*params, *other[1]]) for sql, params in self.one.branches(table)
        ]


def joined(about: Catalogue, needed: Iterable[str], scope: Scope) -> Sql:
    """The joins named, each once, without the records beside that are out of the scope (ALL-3)."""
    wanted, texts, params = set(needed), [], []
    for name in (name for name in about.joins if name in wanted):
        texts.append(about.join_sql([name]))
        if name in about.within_reach:
            test, given = scope.sql(name)
            texts.append(f"AND ({test})")
            params += given
    return " ".join(texts), params
