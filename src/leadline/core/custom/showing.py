"""What records hold in their custom fields, section by section, as a page shows it (CUS-21)."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from leadline.core.fields import Catalogue, Field, Viewer, catalogue


@dataclass(frozen=True)
class Value:
    """One value in words; `url` leads to the record it points at, where the person sees it."""

    label: str
    text: str
    url: str = ""
    is_long: bool = False


Sections = list[tuple[str, list[Value]]]
Address = Callable[[str, int], str]


def custom_values(
    about: Catalogue, records: Sequence[Any], viewer: Viewer, address: Address
) -> dict[int, Sections]:
    """Record → its custom fields that have a value and that the viewer may see; one query for each kind of
    record they point at. `address(kind, id)` is where such a record stands."""
    fields = about.custom_for(viewer.user)
    if not fields:
        return {}
    names = _names(fields, records, viewer)
    found: dict[int, Sections] = {}
    for record in records:
        sections: dict[str, list[Value]] = {}
        for item in fields:
            shown = _value(item, item.value_of(record), viewer, names, address)
            if shown:
                sections.setdefault(str(item.section), []).append(shown)
        found[record.pk] = list(sections.items())
    return found


def _value(
    item: Field, value: Any, viewer: Viewer, names: dict[tuple[str, Any], str], address: Address
) -> Value | None:
    if value is None or value in ("", []):
        return None
    if item.kind.family == "link":
        target = item.kind.target(item)  # type: ignore[attr-defined]
        known = names.get((target, value))
        return Value(
            str(item.label), known or _("a record you can't see"), address(target, value) if known else ""
        )
    return Value(str(item.label), item.render(value, viewer), "", item.kind.key == "long_text")


def _names(fields: Sequence[Field], records: Sequence[Any], viewer: Viewer) -> dict[tuple[str, Any], str]:
    wanted: dict[str, set[Any]] = defaultdict(set)
    for item in fields:
        if item.kind.family == "link":
            target = item.kind.target(item)  # type: ignore[attr-defined]
            wanted[target] |= {item.value_of(record) for record in records} - {None}
    found = {}
    for target, keys in wanted.items():
        if keys:
            rows: Any = apps.get_model(catalogue(target).model)._default_manager.all()
            for row in rows.visible_to(viewer.user).filter(pk__in=keys):
                found[target, row.pk] = str(row)
    return found
