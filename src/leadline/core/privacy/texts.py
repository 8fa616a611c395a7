"""Texts that may name anybody: views, jobs, notifications. A word is taken out, the rest stays."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from leadline.core.history import tracked_models

TAKEN_OUT = "•••"


@dataclass(frozen=True)
class Texts:
    """Columns of a table that may name somebody: texts, arrays or JSON."""

    table: str
    columns: tuple[str, ...]


_registered: list[Texts] = []


def register_texts(table: str, *columns: str) -> None:
    """Declare columns that are searched for a person's words when the person is erased."""
    _registered.append(Texts(table, columns))


def registered_texts() -> list[Texts]:
    """All such columns."""
    return list(_registered)


def texts_with_history() -> dict[str, tuple[str, ...]]:
    """Kind of record → its columns that may name anybody, of those whose history is kept."""
    kinds = {tracking.table: tracking.kind for tracking in tracked_models()}
    return {kinds[each.table]: each.columns for each in _registered if each.table in kinds}


def without_words(text: str, words: Iterable[str]) -> str:
    """A text without the words of a person, whatever their case."""
    for word in words:
        text = re.sub(re.escape(word), TAKEN_OUT, text, flags=re.IGNORECASE)
    return text


def patterns(words: Sequence[str]) -> list[str]:
    """Patterns for ILIKE that find the words."""
    return ["%" + re.sub(r"([\\%_])", r"\\\1", word) + "%" for word in words]


def take_out(texts: Texts, words: Sequence[str]) -> int:
    """Take the words out of all rows of a table; returns how many rows named them."""
    forms = as_written(words)
    if not forms:
        return 0
    changed = 0
    quoted = [f'"{column}"' for column in texts.columns]
    with connection.cursor() as cursor:
        types = _types(texts)
        condition = " OR ".join(f"{name}::text ILIKE ANY(%(like)s)" for name in quoted)
        shown = ", ".join(f"{name}::text" for name in quoted)
        cursor.execute(
            f"SELECT id, {shown} FROM {texts.table} WHERE {condition} FOR NO KEY UPDATE",
            {"like": patterns(forms)},
        )
        for key, *values in cursor.fetchall():
            cleaned = [value and without_words(value, forms) for value in values]
            sets = ", ".join(
                f"{name} = %s::{types[column]}" for name, column in zip(quoted, texts.columns, strict=True)
            )
            cursor.execute(f"UPDATE {texts.table} SET {sets} WHERE id = %s", [*cleaned, key])
            changed += 1
    return changed


def as_written(words: Iterable[str]) -> list[str]:
    """The words as texts hold them, and as JSON does; the longest first."""
    ways = {
        form
        for word in words
        for form in (word, json.dumps(word, ensure_ascii=False)[1:-1], json.dumps(word)[1:-1])
    }
    return sorted(ways, key=len, reverse=True)


def _types(texts: Texts) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attname = ANY(%s)",
            [texts.table, list(texts.columns)],
        )
        return dict(cursor.fetchall())
