"""What was typed, as the terms that a document must hold."""

import re
from dataclasses import dataclass

from leadline.core.normalise.phone import digits
from leadline.core.normalise.text import fold

LONGEST = 200
MOST_TERMS = 8
FEWEST_DIGITS = 3

_PHONE = re.compile(r"\A[+(]?[0-9][0-9\s()+./*-]*\Z")
_TRUNK_ZERO = re.compile(r"\(0\)")
_BLANK_WITHIN = re.compile(r"[\s\x00-\x1f]+")


@dataclass(frozen=True)
class Terms:
    """Folded parts that must all occur, in any order; `phone` holds the digits when a number was typed."""

    text: str
    words: tuple[str, ...]
    phone: str = ""

    @classmethod
    def of(cls, typed: str) -> "Terms":
        """Read what was typed; a number is its digits, without the 0 or 00 that is dialled before."""
        text = fold(typed[:LONGEST])
        if _PHONE.match(text):
            number = digits(_TRUNK_ZERO.sub("", text)).lstrip("0")
            if len(number) >= FEWEST_DIGITS:
                return cls(text, (number,), number)
        words = sorted(set(_BLANK_WITHIN.split(text)) - {""}, key=lambda word: (-len(word), word))
        return cls(text, tuple(words[:MOST_TERMS]))

    @property
    def likes(self) -> list[str]:
        """Patterns for LIKE, one for each term."""
        return [f"%{literal(word)}%" for word in self.words]

    @property
    def has_trigrams(self) -> bool:
        """Whether at least one term is long enough for the index."""
        return any(len(word.encode()) >= 3 for word in self.words)

    def instead(self, word: str, other: str) -> "Terms":
        """The same with one word in the place of another."""
        words = tuple(other if each == word else each for each in self.words)
        return Terms(" ".join(other if each == word else each for each in self.text.split(" ")), words)


def literal(text: str) -> str:
    """Text for a LIKE pattern, where % and _ stand for themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def trigrams(word: str) -> set[int]:
    """As the SQL function leadline_trigrams makes them."""
    return set(_trigrams(word, 1))


def apart(word: str) -> list[int]:
    """Those that don't overlap."""
    return _trigrams(word, 3)


def _trigrams(word: str, step: int) -> list[int]:
    text = word.encode()
    return [(text[at] << 16) | (text[at + 1] << 8) | text[at + 2] for at in range(0, len(text) - 2, step)]
