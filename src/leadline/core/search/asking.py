"""The questions: hits while typing, ids for a list, a condition for a set (CUS-6)."""

from leadline.core.search.finding import MOST_CANDIDATES, Question, all_ids_sql
from leadline.core.search.ranking import Hit, ranked
from leadline.core.search.searchable import Sql, Within, searchable
from leadline.core.search.spelling import meant_instead
from leadline.core.search.terms import Terms

__all__ = ["Hit", "alike_ids", "matching_sql", "search", "search_ids"]


def search(kind: str, typed: str, within: Within, *, limit: int = 10, archived: bool = False) -> list[Hit]:
    """What fits best within somebody's reach, best first.

    When nothing fits as typed, a word that is one letter away is tried; such hits tell what was `meant`.
    """
    about, terms = searchable(kind), Terms.of(typed)
    found = Question(about, terms, within, archived).candidates(limit)
    if found or terms.phone:
        return ranked(about, terms, found)[:limit]
    for other in meant_instead(terms):
        found = Question(about, other, within, archived).candidates(limit)
        if found:
            return ranked(about, other, found, meant=other.text)[:limit]
    return []


def search_ids(kind: str, typed: str, within: Within, *, limit: int = MOST_CANDIDATES) -> list[int]:
    """The ids that fit best, best first, archived records among them; a thousand at most by default."""
    return [hit.id for hit in search(kind, typed, within, limit=limit, archived=True)]


def alike_ids(kind: str, typed: str, within: Within, *, limit: int) -> list[int]:
    """The ids of those whose names say least beyond what was typed, archived records among them.

    For who weighs them by other signs: they are found in one question, and not ranked.
    """
    found = Question(searchable(kind), Terms.of(typed), within).shortest_named(limit)
    return found or search_ids(kind, typed, within, limit=limit)


def matching_sql(kind: str, typed: str, within: Within) -> Sql:
    """SQL that gives the ids of all that fit, however many, in no order; archived records among them.

    For what works on everything that a search finds: counts, bulk changes, exports.
    """
    about, terms = searchable(kind), Terms.of(typed)
    if not terms.words or within.nothing:
        return f"SELECT id FROM {about.table} WHERE FALSE", []
    if not Question(about, terms, within).candidates(1):
        terms = next(
            (other for other in meant_instead(terms) if Question(about, other, within).candidates(1)), terms
        )
    return all_ids_sql(about, terms, within)
