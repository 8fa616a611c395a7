"""Records out of plain SQL, for pages asked for all day: Django builds a query for longer than it runs."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from leadline.core.planned import planned

Record = TypeVar("Record", bound=models.Model)


def columns_of(model: type[models.Model], table: str, *names: str) -> str:
    """The columns of a model for SELECT, all or those named, in the order that `record_of` wants them."""
    return ", ".join(f'{table}."{name}"' for name in attributes_of(model, *names))


def attributes_of(model: type[models.Model], *names: str) -> list[str]:
    """The attributes that are columns, all or those named, in the model's order."""
    return [each.attname for each in model._meta.concrete_fields if not names or each.attname in names]


def record_of(model: type[Record], attributes: Sequence[str], values: Sequence[Any]) -> Record:
    """A record from the values of its columns; what was left out is read when somebody asks for it."""
    read = list(values)
    for at, from_db_value in _converters(model, tuple(attributes)):
        read[at] = from_db_value(read[at], None, connection)
    return model.from_db(connection.alias, attributes, read)


def read_record(model: type[Record], pk: Any, *, locked: bool = False) -> Record:
    """The record of a key as it is now, locked until the transaction ends if that is asked.

    Raises the model's `DoesNotExist`.
    """
    attributes, table = attributes_of(model), model._meta.db_table
    key = model._meta.pk.column
    lock = " FOR NO KEY UPDATE" if locked else ""
    with planned() as cursor:
        cursor.execute(f"SELECT {columns_of(model, table)} FROM {table} WHERE {key} = %s{lock}", [pk])
        row = cursor.fetchone()
    if row is None:
        raise model.DoesNotExist  # type: ignore[attr-defined]
    return record_of(model, attributes, row)


@cache
def _converters(model: type[models.Model], attributes: tuple[str, ...]) -> list[tuple[int, Any]]:
    """Where stand values that a field reads in its own way (JSON, what is encrypted), and how."""
    fields = {each.attname: each for each in model._meta.concrete_fields}
    return [
        (at, fields[name].from_db_value)  # type: ignore[attr-defined]
        for at, name in enumerate(attributes)
        if hasattr(fields[name], "from_db_value")
    ]
