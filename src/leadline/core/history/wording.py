"""Values of the history in plain words: labels, choices, names of people instead of keys."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from leadline.core import formats
from leadline.core.custom.values import PREFIX
from leadline.core.fields import Field, Viewer, catalogue, catalogues
from leadline.core.history.tracking import tracking_of

DOORS = {
    "web": pgettext_lazy("door", "page"),
    "api": pgettext_lazy("door", "API"),
    "import": pgettext_lazy("door", "import"),
    "rule": pgettext_lazy("door", "rule"),
    "job": pgettext_lazy("door", "background work"),
    "cli": pgettext_lazy("door", "command line"),
    "agent": pgettext_lazy("door", "agent"),
}


def door_in_words(via: str) -> str:
    """Through which door a change came; empty for one made in the database itself."""
    return str(DOORS.get(via, via))


class Wording:
    """Renders columns and values of many entries; the records that values point at are read once per model.

    A record the viewer may not see is not named.
    """

    def __init__(self, viewer: Any = None):
        self.viewer = viewer
        self._names: dict[type[models.Model], dict[Any, str]] = {}

    def prepare(self, values: Iterable[tuple[str, str, Any]]) -> None:
        """Read the names behind all (kind, column, value) that point at records."""
        keys: dict[type[models.Model], set[Any]] = defaultdict(set)
        for kind, column, value in values:
            target = _target_of(kind, column)
            if target is not None and value is not None:
                keys[target].add(value)
        for model, wanted in keys.items():
            self._names[model] = {
                record.pk: str(record) for record in self._seen(model).filter(pk__in=wanted)
            }

    def name(self, records: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
        """What records are called, for those the viewer sees: the title of an activity, a contact's name."""
        keys: dict[str, set[int]] = defaultdict(set)
        for kind, record_id in records:
            keys[kind].add(record_id)
        return {
            (kind, record.pk): str(record)
            for kind, wanted in keys.items()
            for record in self._seen(tracking_of(kind).model).filter(pk__in=wanted)
        }

    def label(self, kind: str, column: str) -> str:
        """What people call a column: the catalogue's label, else the model's."""
        declared, field = _declared(kind, column), _field(kind, column)
        words = str(declared.label if declared else field.verbose_name if field else column.replace("_", " "))
        return words[:1].upper() + words[1:]

    def is_hidden(self, kind: str, column: str) -> bool:
        """Whether the viewer may not see the field that a column holds.

        A custom field that was archived is out of sight with its history, until it is brought back.
        """
        if column.startswith(PREFIX) and self.viewer is not None and _declared(kind, column) is None:
            return True
        declared = _declared(kind, column)
        return bool(declared and self.viewer is not None and not declared.visible(self.viewer))

    def changes(self, kind: str, column: str, old: Any, new: Any) -> list[tuple[str, str, str]]:
        """Label, old and new of one column; several where a value holds many of which some changed."""
        declared = _declared(kind, column)
        inside = declared.kind.differences(old, new) if declared else None
        if inside is not None:
            return inside
        return [(self.label(kind, column), self.value(kind, column, old), self.value(kind, column, new))]

    def value(self, kind: str, column: str, value: Any) -> str:
        """A stored value as people read it; nothing is an empty text."""
        field = _field(kind, column)
        if value is None or value == "" or value == []:
            return ""
        target = _target_of(kind, column)
        if target is not None:
            return self._names.get(target, {}).get(value) or _("a record you can't see")
        custom = _custom(kind, column)
        if custom is not None:
            return custom.show(custom.kind.loaded(value), Viewer(language=get_language() or "en"))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            return ", ".join(str(item) for item in value)
        if isinstance(value, dict):
            return "; ".join(f"{name}: {self.value(kind, '', item)}" for name, item in value.items())
        choices = dict(field.flatchoices) if field is not None else {}
        return str(choices.get(value) or _moment(field, value))

    def _seen(self, model: type[models.Model]) -> models.QuerySet[Any]:
        rows: Any = model._default_manager.all()
        if self.viewer is not None and hasattr(rows, "visible_to") and not isinstance(self.viewer, model):
            return rows.visible_to(self.viewer)
        return rows


def _field(kind: str, column: str) -> "models.Field[Any, Any] | None":
    """The model's field of a column; none for a column that is no more."""
    try:
        model = tracking_of(kind).model
    except KeyError:
        return None
    for field in model._meta.local_concrete_fields:
        if field.column == column:
            return field
    return None


def _custom(kind: str, column: str) -> Field | None:
    """The custom field of that name."""
    found = _declared(kind, column) if column.startswith(PREFIX) else None
    return replace(found, shown="") if found else None


def _declared(kind: str, column: str) -> Field | None:
    """The catalogue's field of a column, by its name or the model's attribute (`owner` for `owner_id`)."""
    for entry in catalogues():
        if entry.kind == kind:
            for field in entry.fields:
                if column in (field.name, field.model_attribute, f"{field.model_attribute}_id"):
                    return field
    return None


def _target_of(kind: str, column: str) -> type[models.Model] | None:
    """The model that the values of a column point at."""
    custom = _custom(kind, column)
    if custom is None:
        return _target(_field(kind, column))
    if custom.kind.key == "user":
        return get_user_model()
    return apps.get_model(catalogue(custom.links_to).model) if custom.links_to else None


def _target(field: "models.Field[Any, Any] | None") -> type[models.Model] | None:
    return field.related_model if isinstance(field, models.ForeignKey) else None


def _moment(field: "models.Field[Any, Any] | None", value: Any) -> Any:
    """A day or moment in the reader's form and zone; anything else as it is."""
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(str(value))
        return formats.moment(moment) if isinstance(moment, datetime) else value
    if isinstance(field, models.DateField):
        day = parse_date(str(value))
        return formats.day(day) if day else value
    return value
