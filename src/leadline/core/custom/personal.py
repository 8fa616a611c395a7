"""What custom fields hold about a person: told in reports, erased with the person (PPL-8, CUS-21)."""

from collections.abc import Iterable, Mapping
from typing import Any

from leadline.core.custom.building import kind_of
from leadline.core.custom.joining import definitions_of
from leadline.core.privacy.texts import without_words


def personal_names(kind: str) -> set[str]:
    """The fields whose history is personal: those marked so, and texts, which may name anybody."""
    return {each.name for each in definitions_of(kind) if each.personal or _is_text(each)}


def without_person(kind: str, values: Mapping[str, Any], words: Iterable[str]) -> dict[str, Any]:
    """What stays of a record's custom values: nothing of fields marked personal, archived ones too, and of
    other texts what does not name the person."""
    known = {each.name: each for each in definitions_of(kind)}
    kept = {}
    for name, value in values.items():
        if name not in known or not known[name].personal:
            kept[name] = value
    return without_words_in(kind, kept, words)


def without_words_in(kind: str, values: Mapping[str, Any], words: Iterable[str]) -> dict[str, Any]:
    """The same values, their texts without the words of a person."""
    texts = {each.name for each in definitions_of(kind) if _is_text(each)}
    told = tuple(words)
    return {
        name: without_words(value, told) if name in texts and isinstance(value, str) else value
        for name, value in values.items()
    }


def reported(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A record's custom values by their labels, for the report to the person."""
    labels = {each.name: each.label for each in definitions_of(kind)}
    return {labels.get(name, name): value for name, value in values.items()}


def _is_text(definition: Any) -> bool:
    return kind_of(definition).family == "text"
