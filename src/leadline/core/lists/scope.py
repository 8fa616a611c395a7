"""What a list needs to know of who may see what; `people.scope.Reach` is one."""

from typing import Any, Protocol

Sql = tuple[str, list[Any]]


class Scope(Protocol):
    """The rows within reach: everything, or branches of plain equalities that don't overlap."""

    @property
    def everything(self) -> bool:
        """Whether all rows are within reach."""

    def sql(self, table: str) -> Sql:
        """One condition on a table with owner_id and team_id."""

    def branches(self, table: str) -> list[Sql]:
        """The same as separate conditions, each answered by an index."""
