"""Records side by side before they are merged, and which value of each field is proposed (CUS-23).

Fields come from the catalogue, custom ones too. Lists are united; a wish not to be reached, a consent that
was withdrawn and a block hold for the one that stays; where a contact is, is chosen apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadline.core.fields import Catalogue, Field, Viewer, catalogue
from leadline.core.fields.kinds.links import MOST_TAGS
from leadline.customers.policies import may_assign_customer

STRICT = ("do_not_call", "do_not_email", "consent_email", "consent_phone", "consent_chat", "consent_post")
APART = ("customer", "is_primary")
UNITED = ("tags",)


@dataclass(frozen=True)
class Side:
    """The value of one field of one record."""

    record: int
    shown: str
    is_chosen: bool


@dataclass(frozen=True)
class Line:
    """One field of all records; `differs` where somebody has to look."""

    name: str
    label: str
    sides: list[Side]
    differs: bool


def choosable(about: Catalogue, user: Any = None) -> list[Field]:
    """The fields of which one record's value is taken, as far as the person may see and set them."""
    left_out = {*STRICT, *APART, *UNITED}
    return [item for item in about.visible_to(user) if item.may_be_set_by(user) and item.name not in left_out]


def proposed_survivor(kind: str, records: Sequence[Any]) -> Any:
    """The record that is proposed to stay: the primary, else the most complete, else the newest."""
    fields = choosable(catalogue(kind))

    def worth(record: Any) -> tuple[bool, int, datetime, int]:
        filled = sum(not is_empty(item.value_of(record)) for item in fields)
        return getattr(record, "is_primary", False), filled, record.updated_at, -record.pk

    return max(records, key=worth)


def proposed(item: Field, survivor: Any, others: Sequence[Any], user: Any) -> int:
    """Whose value of a field is proposed: the survivor's, or the newest there is where it has none.

    Another owner is proposed only to who may assign the survivor.
    """
    if item.name == "owner" and not may_assign_customer(user, survivor):
        return int(survivor.pk)
    for record in (survivor, *sorted(others, key=lambda record: record.updated_at, reverse=True)):
        if not is_empty(item.value_of(record)):
            return int(record.pk)
    return int(survivor.pk)


def united(item: Field, records: Sequence[Any]) -> list[str]:
    """The elements of a list of all records, the survivor's first; as many as a record may have."""
    found = dict.fromkeys(value for record in records for value in item.value_of(record) or ())
    return list(found)[:MOST_TAGS]


def side_by_side(
    kind: str,
    survivor: Any,
    others: Sequence[Any],
    choose: Mapping[str, int],
    shown: Mapping[int, Mapping[str, str]],
    viewer: Viewer,
) -> list[Line]:
    """Every field that any of the records fills, those that differ first; `shown` are values in words."""
    records = [survivor, *others]
    lines = []
    for item in choosable(catalogue(kind), viewer.user):
        if all(is_empty(item.value_of(record)) for record in records):
            continue
        chosen = choose.get(item.name) or proposed(item, survivor, others, viewer.user)
        sides = [
            Side(record.pk, shown.get(record.pk, {}).get(item.name, ""), record.pk == chosen)
            for record in records
        ]
        differs = len({repr(item.value_of(record)) for record in records}) > 1
        lines.append(Line(item.name, str(item.label), sides, differs))
    return sorted(lines, key=lambda line: not line.differs)


def is_empty(value: Any) -> bool:
    """Whether nothing is known."""
    return value is None or value in ("", [], {})
