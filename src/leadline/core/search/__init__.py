"""Search: any part of a word, any order, accents and case ignored, phones in any format (CUS-6).

Each kind that can be searched registers a `Searchable`. A record has one document: lines of folded text.
Trigrams of the text stand in an index of PostgreSQL itself; LIKE decides. Documents hold no owner and no
team, so handing over a hundred thousand records leaves them alone.
"""

from leadline.core.search.asking import Hit, alike_ids, matching_sql, search, search_ids
from leadline.core.search.forgetting import forget_words
from leadline.core.search.helping import NotFound, not_found_help
from leadline.core.search.indexing import index, index_new, rebuild
from leadline.core.search.install import install, tidy
from leadline.core.search.searchable import Searchable, register, searchable

__all__ = [
    "Hit",
    "NotFound",
    "Searchable",
    "alike_ids",
    "forget_words",
    "index",
    "index_new",
    "install",
    "matching_sql",
    "not_found_help",
    "rebuild",
    "register",
    "search",
    "search_ids",
    "searchable",
    "tidy",
]
