"""Names as people compare them: without case, accents and stray blanks."""

import re
import unicodedata
from functools import lru_cache

# Letters that carry their stroke or ligature inside, so that decomposing does not separate it.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ĸ": "k",
        "ŋ": "n",
        "ƒ": "f",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
        "\x00": None,
    }
)


def fold(text: str) -> str:
    """The text for searching and matching: case, accents and repeated blanks make no difference (CUS-6).

    Only accents go; marks that make another letter (Japanese が, Hindi vowels) stay.
    """
    if not text.isascii():
        return _fold_any(text)
    return " ".join(text.lower().replace("\x00", "").split())


LONGEST_KEY = 200
FIRST_ACCENT = "\u0300"  # no sign before it is one


def sort_key(name: str) -> str:
    """What a list sorts names by, under COLLATE "C": the folded name without quotes or brackets before it.

    Legal forms stay, as people look for "PT Maju" under P. Equal keys are told apart by the record's id.
    Folding makes some names longer (ß, ﷺ); the key is cut where its column ends.
    """
    folded = fold(name)
    if folded[:1].isalnum():  # nearly all names begin so
        return folded[:LONGEST_KEY]
    start = next((at for at, letter in enumerate(folded) if letter.isalnum()), 0)
    return folded[start : start + LONGEST_KEY]


def simple(name: str) -> str:
    """Only the letters and digits, for comparing: "E-Mail Address" and "email_address" are one."""
    return re.sub(r"[\W_]+", "", name.casefold())


def initials(name: str) -> str:
    """One or two capitals that stand where there is no picture; "?" when the name has no letter."""
    words = [word for word in (_lettered(part) for part in name.split()) if word]
    if not words:
        return "?"
    if len(words) == 1 or ord(words[0][0]) > 0x2E7F:  # Chinese, Japanese, Korean: one sign says enough
        return words[0][0].upper()[:1]
    return (words[0][0].upper()[:1] + words[-1][0].upper()[:1]).strip()


def _lettered(word: str) -> str:
    return word[next((at for at, letter in enumerate(word) if letter.isalnum()), len(word)) :]


@lru_cache(maxsize=4096)
def _fold_any(text: str) -> str:
    folded = _without_accents(text.casefold())
    if folded.isascii():
        return folded.lower()
    while (again := _without_accents(folded.casefold())) != folded:
        folded = again
    return folded


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    kept = "".join([part for part in parts if part < FIRST_ACCENT or not _is_accent(part)])
    kept = kept.translate(_LETTERS)
    return " ".join(unicodedata.normalize("NFKC", kept).split())


def _is_accent(part: str) -> bool:
    """Accents on or across a letter, Hebrew points and Arabic vowel signs: nobody types them to find."""
    order = unicodedata.combining(part)
    return order >= 200 or 10 <= order <= 35 or order == 1
