"""The phone number that somebody writes in a letter, where it is one and no more (LEA-2)."""

import re

from babel.numbers import list_currencies

from leadline.core.normalise.phone import is_country, phones_in

MOST_READ = 20_000
_QUOTED = re.compile(r"^\s*(>|\|)|^\s*(fax|faks|faksimile)\b", re.IGNORECASE)
# Where another letter begins that was answered or passed on: what stands there is not the sender's.
_OTHERS = re.compile(
    r"^\s*(-{2,}\s*(original message|forwarded message|pesan asli|pesan terusan)\b.*"
    r"|(from|dari|von)\s*:.*|.{0,200}\b(wrote|menulis|schrieb)\s*:\s*)$",
    re.IGNORECASE,
)
_CODES = "|".join(sorted(list_currencies()))
# Not what goes on like a number of a phone: "TRY 0812-3456-7890".
_AMOUNT = re.compile(
    rf"(\b({_CODES}|[Rr]p)\b\.?|[$€£¥₹])\s*\d[\d.,]*(?![- ]?\d)|\b\d[\d.,]*\s*([$€£¥₹]|({_CODES})\b)"
)
# Countries' endings that are sold to anybody, and so tell no country.
_SOLD = frozenset(("ac", "ai", "bz", "cc", "co", "fm", "gg", "io", "la", "me", "sh", "to", "tv", "ws"))


def phone_in(text: str, *, sender: str, country: str) -> str:
    """The one phone number in the sender's own words, as E.164; empty where there is none or several differ.

    A number without a country code is read by the country that the sender's address ends in, else by
    `country`. Amounts of money, numbers of a fax, and what stands in letters that are quoted are left out.
    """
    words = _AMOUNT.sub(" … ", _own_words(text[:MOST_READ]))
    found = set(phones_in(words, _country_of(sender) or country))
    return found.pop() if len(found) == 1 else ""


def _own_words(text: str) -> str:
    own: list[str] = []
    for line in text.splitlines():
        if _OTHERS.match(line):
            break
        if not _QUOTED.match(line):
            own.append(line)
    return "\n".join(own)


def _country_of(sender: str) -> str:
    ending = sender.rpartition(".")[2].lower()
    code = {"uk": "gb"}.get(ending, ending).upper()
    return code if ending not in _SOLD and is_country(code) else ""
