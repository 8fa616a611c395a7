"""The filters in force, taken apart: each part of the outermost "and" is a chip (CUS-5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leadline.core.conditions import Condition
from leadline.core.conditions.sentences import Naming, sentence_of
from leadline.core.conditions.tree import Group
from leadline.core.lists.addresses import Address, where_word


@dataclass(frozen=True)
class Chip:
    """One filter in words; `off` is the list without it, `place` where it stands among the parts."""

    place: int
    field: str
    op: str
    sentence: str
    off: str
    given: Any


def parts_of(where: Condition) -> list[Any]:
    """The parts of the outermost "and", as JSON."""
    given = where.given
    if where.is_everything:
        return []
    return list(given["and"]) if isinstance(given, dict) and "and" in given else [given]


def joined(parts: Iterable[Any]) -> dict[str, Any]:
    """Parts as one condition again."""
    kept = list(parts)
    if not kept:
        return {}
    return kept[0] if len(kept) == 1 and "and" not in kept[0] else {"and": kept}


def chips_of(address: Address, naming: Naming) -> list[Chip]:
    """A chip for each part of the condition in force."""
    where = address.asking.where
    given = parts_of(where)
    root = where.root
    read = list(root.parts) if isinstance(root, Group) and len(root.parts) == len(given) else [root]
    if isinstance(root, Group) and root.word == "or":
        read = [root]
    return [
        Chip(
            place,
            part.get("field", "") if isinstance(part, dict) else "",
            str(part.get("op", "")) if isinstance(part, dict) else "",
            _begun(sentence_of(meant, naming)),
            address.to(where=where_word(joined(given[:place] + given[place + 1 :]))),
            part,
        )
        for place, (part, meant) in enumerate(zip(given, read, strict=True))
    ]


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def with_part(where: Condition, part: Any, *, place: int | None = None, field: str = "") -> dict[str, Any]:
    """The condition with a part put in: at a place, in the place of the part about a field, or at the end."""
    parts = parts_of(where)
    if place is None and field:
        place = next((at for at, other in enumerate(parts) if other.get("field") == field), None)
    if place is None or not 0 <= place < len(parts):
        return joined([*parts, part] if part else parts)
    return joined([*parts[:place], *([part] if part else []), *parts[place + 1 :]])
