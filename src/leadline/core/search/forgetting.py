"""Words of a person that was erased leave the list of known words, unless others bear them too (PPL-8)."""

from collections.abc import Iterable

from django.db import connection

from leadline.core.normalise.text import fold
from leadline.core.search.indexing import _WORD
from leadline.core.search.searchable import searchables


def forget_words(texts: Iterable[str]) -> int:
    """Remove the words of these texts that no document holds any more; returns how many.

    Each is asked of the index of trigrams. Call it after the documents were made anew.
    """
    words = {word for text in texts for word in _WORD.findall(fold(text))}
    gone = sorted(word for word in words if not _is_held(word))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_search_word WHERE word = ANY(%s)", [gone])
        return cursor.rowcount


def _is_held(word: str) -> bool:
    with connection.cursor() as cursor:
        for kind in searchables():
            cursor.execute(
                f"SELECT 1 FROM {kind.document_table} WHERE leadline_trigrams(text) @> leadline_trigrams(%s)"
                " AND text LIKE %s LIMIT 1",
                [word, f"%{word}%"],
            )
            if cursor.fetchone():
                return True
    return False
