"""Records out of plain SQL, for pages asked for all day: Django builds a query for longer than it runs."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Generic, TypeVar

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


def read_records(model: type[Record], rest: str, params: Sequence[Any] = ()) -> list[Record]:
    """The records of a table for which `rest` holds: what stands behind FROM, the same text each time."""
    attributes, table = attributes_of(model), model._meta.db_table
    with planned() as cursor:
        cursor.execute(f"SELECT {columns_of(model, table)} FROM {table} {rest}", params)
        return [record_of(model, attributes, row) for row in cursor.fetchall()]


class Reading(Generic[Record]):
    """How a record is read with those that it names, by one statement; made once, asked for all day.

    `named` are relations of the model to one record each, with the columns wanted of it; none means all.
    """

    def __init__(self, model: type[Record], **named: Sequence[str]):
        self.model, self.table = model, model._meta.db_table
        self.own = attributes_of(model)
        self.named: list[tuple[Any, Sequence[str]]] = [
            (model._meta.get_field(name), names) for name, names in named.items()
        ]
        self.read = [attributes_of(each.related_model, *names) for each, names in self.named]
        columns = [columns_of(model, self.table)] + [
            columns_of(each.related_model, f'"{each.name}"', *names) for each, names in self.named
        ]
        self.columns = ", ".join(columns)
        self.joins = "".join(self._join(each) for each, _names in self.named)
        self.sql = f"SELECT {self.columns} FROM {self.table}{self.joins} WHERE {self.table}.id = %s"

    def one(self, pk: int, condition: str = "TRUE", params: Sequence[Any] = ()) -> Record | None:
        """The record of a key, if it meets a condition on its table; with all that it names."""
        with planned() as cursor:
            cursor.execute(f"{self.sql} AND {condition}", [pk, *params])
            row = cursor.fetchone()
        return None if row is None else self._record(row)

    def found(self, source: str, params: Sequence[Any], rest: str = "") -> list[Record]:
        """The records whose rows a statement gives, with all that they name; `rest` orders them, say."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {self.columns} FROM ({source}) AS {self.table}{self.joins} {rest}", params
            )
            return [self._record(row) for row in cursor.fetchall()]

    def _record(self, row: Sequence[Any]) -> Record:
        record = record_of(self.model, self.own, row[: len(self.own)])
        at = len(self.own)
        for (each, _names), attributes in zip(self.named, self.read, strict=True):
            values = row[at : at + len(attributes)]
            at += len(attributes)
            key = values[attributes.index(each.related_model._meta.pk.attname)]
            if key is not None:
                each.set_cached_value(record, record_of(each.related_model, attributes, values))
            elif each.concrete:
                each.set_cached_value(record, None)
        return record

    def _join(self, each: Any) -> str:
        ((own, other),) = each.get_joining_fields()
        return (
            f' LEFT JOIN {each.related_model._meta.db_table} "{each.name}"'
            f' ON "{each.name}".{other.column} = {self.table}.{own.column}'
        )


@cache
def reading(model: type[Record], *named: str) -> Reading[Record]:
    """The reading of a model with all columns of what it names."""
    return Reading(model, **dict.fromkeys(named, ()))


@cache
def _converters(model: type[models.Model], attributes: tuple[str, ...]) -> list[tuple[int, Any]]:
    """Where stand values that a field reads in its own way (JSON, what is encrypted), and how."""
    fields = {each.attname: each for each in model._meta.concrete_fields}
    return [
        (at, fields[name].from_db_value)  # type: ignore[attr-defined]
        for at, name in enumerate(attributes)
        if hasattr(fields[name], "from_db_value")
    ]
