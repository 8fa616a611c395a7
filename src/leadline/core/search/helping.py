"""Help when nothing was found: spelling, filters, the archive, the scope of others (CUS-6)."""

from dataclasses import dataclass, field

from django.db import connection

from leadline.core.search.asking import search
from leadline.core.search.searchable import Within, searchable
from leadline.core.search.spelling import meant_instead
from leadline.core.search.terms import Terms

COUNTED_TO = 100


@dataclass(frozen=True)
class Everywhere:
    """The reach of nobody: all rows. Only to say that something is there, never to show it."""

    everything: bool = True
    nothing: bool = False

    def sql(self, table: str) -> tuple[str, list[object]]:
        """No condition."""
        return "TRUE", []

    def branches(self, table: str) -> list[tuple[str, list[object]]]:
        """No condition."""
        return [("TRUE", [])]


@dataclass(frozen=True)
class NotFound:
    """Where else it may be; each count goes to a hundred. `outside` holds ids that the person may not see."""

    spelling: list[str] = field(default_factory=list)
    without_filters: int = 0
    archived: int = 0
    outside: list[int] = field(default_factory=list)


def not_found_help(kind: str, typed: str, within: Within) -> NotFound:
    """What to tell somebody whose search, perhaps with filters, showed nothing."""
    about, terms = searchable(kind), Terms.of(typed)
    found = [hit.id for hit in search(kind, typed, within, limit=COUNTED_TO, archived=True)]
    current = _current(about.table, found)
    outside = [] if within.everything else _outside(kind, typed, within)
    spelling = [] if found else [other.text for other in meant_instead(terms)][:3]
    return NotFound(spelling, len(current), len(found) - len(current), outside)


def _outside(kind: str, typed: str, within: Within) -> list[int]:
    about = searchable(kind)
    everywhere = [hit.id for hit in search(kind, typed, Everywhere(), limit=COUNTED_TO)]
    reached, params = within.sql(about.table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {about.table} WHERE id = ANY(%s) AND {reached}", [everywhere, *params]
        )
        inside = {row[0] for row in cursor.fetchall()}
    return [pk for pk in everywhere if pk not in inside]


def _current(table: str, ids: list[int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE id = ANY(%s) AND archived_at IS NULL", [ids])
        return [row[0] for row in cursor.fetchall()]
