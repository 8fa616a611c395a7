"""The words of a file that stand for a choice of ours, to be told what they mean (CUS-20)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from leadline.core.fields import Cleaning, Field
from leadline.core.refusals import RuleBroken
from leadline.imports.actions.deciding import choice_of
from leadline.imports.models import Import

MOST_SHOWN = 60


@dataclass(frozen=True)
class Word:
    """What a cell says, and which choice of ours it means ("" where that is not known)."""

    place: int
    column: str
    said: str
    choice: str
    choices: list[tuple[Any, Any]]


def words_of_choices(brought: Import, rows: Sequence[Sequence[str]]) -> list[Word]:
    """The different words in the first rows of columns that fill a choice, as far as they are not our own."""
    return list(_words(brought, rows))[:MOST_SHOWN]


def _words(brought: Import, rows: Sequence[Sequence[str]]) -> Iterator[Word]:
    names = brought.table_form.names
    for place in brought.columns:
        field = choice_of(brought, place)
        if field is None:
            continue
        meant = {
            word.casefold(): (word, choice) for word, choice in brought.values.get(str(place), {}).items()
        }
        said = dict.fromkeys(row[place].strip()[:200] for row in rows if row[place].strip())
        for word in said:
            choice = meant.get(word.casefold(), ("", ""))[1]
            if choice or not _is_ours(field, word):
                yield Word(place, names[place], word, choice, list(field.choices))


def _is_ours(field: Field, word: str) -> bool:
    try:
        field.clean(word, Cleaning())
    except RuleBroken:
        return False
    return True
