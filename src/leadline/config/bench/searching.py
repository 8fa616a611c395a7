"""Searching while typing: as the box of the list, the palette and the API ask (CUS-6)."""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.core.search import search
from leadline.people.models import User
from leadline.people.scope import Reach, reach

GOAL = Goal(12, p95=40)
SHOWN = 10

Question = tuple[str, str, list[Any]]  # what is typed, and the raw SQL that would find the same
Typed = Callable[[tuple[Any, ...], Random], str]


@row("Search while typing", GOAL)
def typing(data: Data) -> dict[str, Measured]:
    """Each way of asking, over customers from the whole table that the person reaches."""
    found = {}
    for who, user in data.people.items():
        rows = _known(user)
        for name, typed in WAYS.items():
            random = Random(7)  # noqa: S311 - which customers are asked for, no secret
            texts = [text for row in rows if (text := typed(row, random))]
            found[f"{who}, {name}"] = _measure(data, user, texts)
    return found


def _measure(data: Data, user: User, texts: list[str]) -> Measured:
    within = reach(user, "customer", "view")
    works = [partial(search, "customer", text, within, limit=SHOWN) for text in texts]
    raw = [_raw(text, within) for text in texts[:10]]
    return measured(works, max(data.times, len(works)), raw=raw)


def _raw(text: str, within: Reach) -> tuple[str, list[Any]]:
    """The same by the index of trigrams alone, without order, scope by a join."""
    condition, params = within.sql("customers_customer")
    sql = (
        "SELECT customers_customer.id FROM core_search_document_customer document"
        " JOIN customers_customer ON customers_customer.id = document.object_id"
        " WHERE leadline_trigrams(document.text) @> leadline_trigrams(%s) AND document.text LIKE %s"
        f" AND {condition} LIMIT {SHOWN}"
    )
    folded = text.lower()
    return sql, [folded, f"%{folded}%", *params]


def _known(user: User) -> list[tuple[Any, ...]]:
    """Forty customers of those the person reaches, each with a contact."""
    condition, params = reach(user, "customer", "view").sql("customers_customer")
    ids = [each for (each,) in query(
        f"SELECT id FROM customers_customer WHERE {condition} AND archived_at IS NULL"
        " ORDER BY hashint8(id) LIMIT 40",
        params,
    )]  # fmt: skip
    return query(
        "SELECT c.name, c.email, c.phone, k.name, k.email FROM customers_customer c"
        " JOIN customers_contact k ON k.customer_id = c.id AND k.is_primary WHERE c.id = ANY(%s)",
        [ids],
    )


def _part_of_a_name(row: tuple[Any, ...], random: Random) -> str:
    word = max(row[0].split(), key=len)
    start = random.randrange(max(1, len(word) - 3))
    return str(word[start : start + random.choice((3, 4, 5))])


def _wrong_letter(row: tuple[Any, ...], random: Random) -> str:
    words = row[0].split()
    at = max(range(len(words)), key=lambda place: len(words[place]))
    if len(words[at]) < 5:
        return ""
    letter = random.randrange(1, len(words[at]) - 1)
    words[at] = words[at][:letter] + random.choice("aeioubdgm") + words[at][letter + 1 :]
    return " ".join(words)


WAYS: dict[str, Typed] = {
    "two letters": lambda row, random: row[0][:2],
    "part of a name": _part_of_a_name,
    "whole name": lambda row, random: row[0],
    "two words in any order": lambda row, random: " ".join(reversed(row[0].split()[-2:])),
    "e-mail": lambda row, random: row[1],
    "part of an e-mail": lambda row, random: row[1].split("@")[1][:8],
    "phone, international": lambda row, random: row[2],
    "phone, as dialled at home": lambda row, random: (
        f"0{row[2][3:6]} {row[2][6:9]}-{row[2][9:]}" if row[2] else ""
    ),
    "end of a phone": lambda row, random: row[2][-6:],
    "contact's name": lambda row, random: row[3],
    "contact's e-mail": lambda row, random: row[4],
    "one typing error": _wrong_letter,
}
