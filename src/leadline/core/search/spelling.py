"""One letter wrong: words that occur and are one change away from what was typed (CUS-6)."""

from collections.abc import Iterator

from django.db import connection
from rapidfuzz.distance import OSA

from leadline.core.search.terms import Terms

SHORTEST = 4
LONGEST = 24
MOST_TRIED = 6

# Materialized, or the planner walks the words in order and shortens every one of them.
_NEAR = """
WITH near AS MATERIALIZED (
    SELECT word FROM core_search_word WHERE leadline_shortened(word) && leadline_shortened(%s))
SELECT DISTINCT word FROM near LIMIT 1000
"""


def meant_instead(terms: Terms) -> Iterator[Terms]:
    """What may have been meant, the likeliest first: one word of what was typed with one letter changed."""
    tried = 0
    for word in terms.words:
        if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()):
            continue
        for near in near_words(word):
            tried += 1
            if tried > MOST_TRIED:
                return
            yield terms.instead(word, near)


def near_words(word: str) -> list[str]:
    """Words that occur, one letter added, dropped, changed or swapped away."""
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [word])
        words = [found for (found,) in cursor.fetchall()]
    near = [found for found in words if OSA.distance(word, found, score_cutoff=1) == 1]
    # People rarely miss the first letter, and as often as not keep the length.
    return sorted(near, key=lambda found: (found[0] != word[0], len(found) != len(word), found))
