"""Records out of plain SQL, for pages asked for all day: Django builds a query for longer than it runs."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection, models

Record = TypeVar("Record", bound=models.Model)


def columns_of(model: type[models.Model], table: str, *names: str) -> str:
    """The columns of a model for SELECT, all or those named, in the order that `record_of` wants them."""
    return ", ".join(f"{table}.{name}" for name in attributes_of(model, *names))


def attributes_of(model: type[models.Model], *names: str) -> list[str]:
    """The attributes that are columns, all or those named, in the model's order."""
    return [each.attname for each in model._meta.concrete_fields if not names or each.attname in names]


def record_of(model: type[Record], attributes: list[str], values: Sequence[Any]) -> Record:
    """A record from the values of its columns; what was left out is read when somebody asks for it."""
    return model.from_db(connection.alias, attributes, values)
