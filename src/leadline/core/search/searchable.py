"""Which kinds can be searched, and how their documents are made."""

import re
from dataclasses import dataclass
from typing import Any, Protocol

Sql = tuple[str, list[Any]]


class Within(Protocol):
    """The rows that somebody reaches; `people.scope.Reach` is one."""

    @property
    def everything(self) -> bool:
        """Whether all rows are within reach."""

    @property
    def nothing(self) -> bool:
        """Whether no row is."""

    def sql(self, table: str) -> Sql:
        """As one condition on a table with owner_id, team_id and territory_id."""

    def branches(self, table: str) -> list[Sql]:
        """As conditions that don't overlap, each answered by an index."""


@dataclass(frozen=True)
class Searchable:
    """One kind that can be searched.

    `table` has `id`, `owner_id`, `team_id`, `territory_id`, `archived_at` and `name_key`, with indexes by
    scope and name.
    `documents` is SQL that gives (id, text) for `%(ids)s`: folded lines, the first the name, then what else
    it is found by, each on a line of its own; `documents_of_new` gives the same of records that were just
    made, on which nothing hangs yet, where that is less work. `roles` names the lines in their order; the
    roles from `repeated_from` on repeat, as for the contacts of a customer.
    """

    kind: str
    table: str
    documents: str
    documents_of_new: str = ""
    roles: tuple[str, ...] = ("name",)
    repeated_from: int = 0

    @property
    def document_table(self) -> str:
        """The partition that holds this kind's documents."""
        return f"core_search_document_{self.kind}"

    @property
    def trigram_index(self) -> str:
        """The index of the trigrams of this kind's documents."""
        return f"core_search_{self.kind}_trigrams"

    def role_of(self, line: int) -> str:
        """What a line of a document holds."""
        if line < len(self.roles):
            return self.roles[line]
        repeated = self.roles[self.repeated_from :]
        return repeated[(line - len(self.roles)) % len(repeated)]


_registered: dict[str, Searchable] = {}


def register(kind: Searchable) -> None:
    """Let a kind be searched; called from an app's `searching.py`."""
    if not re.fullmatch(r"[a-z][a-z_]{0,30}", kind.kind):
        raise ValueError(f"Not a kind: {kind.kind!r}")
    _registered[kind.kind] = kind


def searchable(kind: str) -> Searchable:
    """How a kind is searched; raises KeyError for a kind nobody registered."""
    return _registered[kind]


def searchables() -> list[Searchable]:
    """All kinds that can be searched, by name."""
    return [_registered[kind] for kind in sorted(_registered)]
