"""The column in which the values of custom fields stand, and what is written there (CUS-21)."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import models

from leadline.core.fields import Catalogue

PREFIX = "x_"  # no declared field begins so
EMPTY = "{}"


class CustomValues(models.JSONField):
    """The values of all custom fields of a record: name → value; what is empty is not there.

    History tells each of them by itself, and an undoing changes each back by itself.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.update(default=dict, db_default=models.Value({}, models.JSONField()))
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Without what each of them has."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: value for key, value in kwargs.items() if "default" not in key}


def custom_of(about: Catalogue, values: Mapping[str, Any]) -> dict[str, Any]:
    """Of cleaned values by field names, those of custom fields as JSON keeps them; None empties one."""
    given = [name for name in values if name.startswith(PREFIX)]
    if not given:
        return {}
    known = about.by_name
    return {name: known[name].kind.stored(values[name]) for name in given if name in known}


def as_text(given: Mapping[str, Any]) -> str:
    """The whole column of a new record, as text that COPY takes."""
    return json.dumps({name: value for name, value in given.items() if value is not None}) if given else EMPTY


def merged(present: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The column after some fields were given: all others stay."""
    return {name: value for name, value in {**present, **given}.items() if value is not None}


def keeps_retired(about: Catalogue, record: Any, answers: Mapping[str, Any]) -> bool:
    """Whether all retired choices among the answers are those that the record has already."""
    return all(
        item.retired & set(listed(answers[item.name])) <= set(listed(item.value_of(record)))
        for item in about.by_name.values()
        if item.retired and item.name in answers
    )


def listed(value: Any) -> list[Any]:
    """A value as a list: of several choices each, of another one itself."""
    return list(value) if isinstance(value, list | tuple) else [value]
