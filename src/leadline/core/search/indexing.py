"""Keeping documents and words up to date, in sets (CUS-6)."""

import re
from collections.abc import Iterable

from django.db import connection

from leadline.core.search import sql
from leadline.core.search.searchable import Searchable, searchable

PORTION = 5_000

_WORD = re.compile(r"[^\W\d_]{4,24}")


def index(kind: str, ids: Iterable[int]) -> int:
    """Bring the documents of these records up to date, in the caller's transaction; returns how many changed.

    Called by every action that changes what a record is found by. Records that are gone lose their document.
    """
    wanted = sorted(set(ids))
    about = searchable(kind)
    return sum(_index(about, wanted[at : at + PORTION]) for at in range(0, len(wanted), PORTION))


def index_all(kind: str) -> int:
    """Bring the documents of all records of a kind up to date; returns how many changed."""
    about = searchable(kind)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {about.table}")
        last = cursor.fetchone()[0] or 0
    return sum(
        _index(about, list(range(at, min(at + PORTION, last + 1)))) for at in range(1, last + 1, PORTION)
    )


def _index(about: Searchable, ids: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.write_documents(about), {"ids": ids})
        changed = [text for (text,) in cursor.fetchall()]
        words = {word for text in changed for word in _WORD.findall(text)}
        if words:
            cursor.execute(sql.ADD_WORDS, {"words": sorted(words)})
    return len(changed)
