"""How a list is searched: the best for its pages, all that fits for what works on all of it."""

from dataclasses import dataclass

from leadline.core.lists.scope import Sql
from leadline.core.search import matching_sql, search_ids
from leadline.core.search.searchable import Within

MOST_RANKED = 1_000


@dataclass(frozen=True)
class Search:
    """The search of one kind within one person's reach (CUS-6)."""

    kind: str
    within: Within

    def ids(self, typed: str) -> list[int]:
        """What fits best, best first, a thousand at most."""
        return search_ids(self.kind, typed, self.within, limit=MOST_RANKED)

    def all_sql(self, typed: str) -> Sql:
        """SQL of the ids of all that fits, however many."""
        return matching_sql(self.kind, typed, self.within)
