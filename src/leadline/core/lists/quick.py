"""The quick filters over a list: a choice or two, without a dialog."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.fields import Field
from leadline.core.lists.addresses import where_word
from leadline.core.lists.filters import Chip, with_part
from leadline.core.lists.showing import Shown

PLAIN = ("in", "equals", "is_me", "is_empty")


@dataclass(frozen=True)
class Quick:
    """A filter by one field: its choices to tick, or for people "mine", "nobody's", or somebody's."""

    field: Field
    chip: Chip | None
    options: list[tuple[Any, Any, bool]]
    mine: str = ""
    nobody: str = ""
    source: str = ""

    @property
    def told(self) -> str:
        """What is in force, short: the choices that are ticked, or the sentence."""
        ticked = [str(label) for _key, label, on in self.options if on]
        sentence = self.chip.sentence if self.chip else ""
        return f"{self.field.label}: {', '.join(ticked)}" if ticked else sentence

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name


def quick_filters(shown: Shown) -> list[Quick]:
    """The quick filters of a list, each with the chip that is in force for it."""
    return [_quick(shown, name) for name in shown.door.quick]


def other_chips(shown: Shown, quick: list[Quick]) -> list[Chip]:
    """The filters that no quick one shows."""
    told = {each.chip.place for each in quick if each.chip}
    return [chip for chip in shown.chips if chip.place not in told]


def _quick(shown: Shown, name: str) -> Quick:
    item = shown.door.about.by_name[name]
    chip = next((chip for chip in shown.chips if chip.field == name and chip.op in PLAIN), None)
    if item.kind.key == "user":
        return Quick(
            item,
            chip,
            [],
            mine=_with(shown, {"field": name, "op": "is_me"}, chip),
            nobody=_with(shown, {"field": name, "op": "is_empty"}, chip),
            source=shown.door.sources["user"],
        )
    value = chip.given.get("value") if chip else None
    chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
    choices = shown.door.options[item.kind.key]() if item.kind.key in shown.door.options else item.choices
    return Quick(item, chip, [(key, label, str(key) in chosen) for key, label in choices])


def _with(shown: Shown, part: dict[str, Any], chip: Chip | None) -> str:
    place = chip.place if chip else None
    return shown.address.to(where=where_word(with_part(shown.asking.where, part, place=place)))


def archive_choices(shown: Shown) -> list[tuple[str, str, bool]]:
    """Without the archived, only those, or all: label, address, whether it is so now."""
    now = shown.asking.archived
    choices = [("no", _("In use")), ("only", _("Archived only")), ("all", _("In use and archived"))]
    return [
        (label, shown.address.to(archived="" if key == "no" else key), key == now) for key, label in choices
    ]
