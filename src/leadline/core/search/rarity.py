"""How common trigrams are, by PostgreSQL's own statistics: rare ones are asked, common ones are not.

Looking up "com" in an index that has it in every second document costs more than reading a few documents.
"""

import math
import time
from dataclasses import dataclass, field

from django.db import connection

from leadline.core.search.searchable import Searchable
from leadline.core.search.terms import Terms, apart, trigrams

KEPT_FOR = 600  # seconds
MOST_ASKED = 9
MOST_OF_A_WORD = 4
LONG = 12
MOST_UNKNOWN = 0.005

_STATISTICS = """
SELECT coalesce(reltuples, 0), statistics.elements, statistics.shares
  FROM pg_class LEFT JOIN LATERAL (
       SELECT most_common_elems::text::int4[] AS elements, most_common_elem_freqs AS shares
         FROM pg_stats WHERE schemaname = current_schema() AND tablename = %s
          AND most_common_elems IS NOT NULL
       LIMIT 1) statistics ON true
 WHERE pg_class.oid = to_regclass(%s)
"""


@dataclass
class Rarity:
    """The share of documents that hold each common trigram; others are rarer than all of these."""

    documents: float = 0
    shares: dict[int, float] = field(default_factory=dict)
    unknown: float = 0.0005
    read_at: float = -math.inf

    def share(self, trigram: int) -> float:
        """The share of documents with a trigram; one that is not known is rarer than those that are."""
        return max(self.shares.get(trigram, self.unknown), 1e-4)

    def asked(self, terms: Terms) -> tuple[list[int], float]:
        """The trigrams worth asking the index for, and the share of documents that may hold all terms.

        Of each word its rarest: those of one word mostly occur together, so more of them tell little.
        """
        by_word = [sorted(trigrams(word), key=lambda gram: (self.share(gram), gram)) for word in terms.words]
        turns = [grams[turn] for turn in range(MOST_OF_A_WORD) for grams in by_word if turn < len(grams)]
        return list(dict.fromkeys(turns))[:MOST_ASKED], self._share_of(terms)

    def _share_of(self, terms: Terms) -> float:
        """About how many documents fit: words occur by chance beside each other."""
        return math.prod(self._share_of_word(word) for word in terms.words)

    def _share_of_word(self, word: str) -> float:
        """Digits follow each other by chance, letters do not: of a word the rarest trigram tells."""
        shares = sorted(map(self.share, apart(word)))
        if not shares:
            return 1.0
        if word.isdigit():
            return math.prod(shares)
        rarest = min(map(self.share, trigrams(word)))
        # So long a word is an e-mail address or two words in one: its parts meet by chance.
        return rarest * math.sqrt(shares[1]) if len(word) >= LONG and len(shares) > 1 else rarest


_kept: dict[str, Rarity] = {}


def rarity_of(about: Searchable) -> Rarity:
    """What is known of a kind's trigrams; read anew every ten minutes, as statistics change slowly."""
    kept = _kept.get(about.kind)
    if kept is None or time.monotonic() - kept.read_at > KEPT_FOR:
        kept = _kept[about.kind] = _read(about)
    return kept


def _read(about: Searchable) -> Rarity:
    with connection.cursor() as cursor:
        cursor.execute(_STATISTICS, [about.trigram_index, about.document_table])
        documents, elements, shares = cursor.fetchone() or (0, None, None)
    # Three numbers follow the shares: the least, the greatest, and that of nulls.
    known = dict(zip(elements or [], shares or [], strict=False))
    unknown = min(known.values()) / 2 if known else Rarity.unknown
    return Rarity(documents, known, min(unknown, MOST_UNKNOWN), time.monotonic())
