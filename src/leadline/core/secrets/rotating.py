"""Which columns are closed by which key, and closing them anew by the newest (PPL-8)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import connection

from leadline.core.secrets.ciphering import decrypt, encrypt
from leadline.core.secrets.fields import EncryptedTextField
from leadline.core.secrets.keyring import current_key


@dataclass(frozen=True)
class Column:
    """One encrypted column."""

    table: str
    key: str
    name: str
    purpose: str


_others: dict[str, Callable[[str], int]] = {}


def register_use(name: str, count: Callable[[str], int]) -> None:
    """Say what else needs a key of the ring: `count(key_id)` tells how much does."""
    _others[name] = count


def encrypted_columns() -> list[Column]:
    """Every encrypted column of every model."""
    return [
        Column(model._meta.db_table, str(model._meta.pk.column), str(field.column), field.purpose)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def uses_of(key_id: str) -> dict[str, int]:
    """What a key is still needed for: columns with their values, and what others registered."""
    found = {f"{column.table}.{column.name}": _closed_by(column, key_id) for column in encrypted_columns()}
    found |= {name: count(key_id) for name, count in _others.items()}
    return {name: count for name, count in found.items() if count}


def close_anew(column: Column, *, after: int, limit: int) -> tuple[int, int] | None:
    """Close the next values that an older key closed by the newest; (last key of a row, how many), or None.

    A value that somebody changes meanwhile is left: it is closed by the newest key already.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {column.key}, "{column.name}" FROM {column.table} WHERE {column.key} > %s'
            f' AND "{column.name}" <> \'\' AND NOT "{column.name}" ^@ %s ORDER BY {column.key} LIMIT %s',
            [after, f"v1.{current_key().id}.", limit],
        )
        rows = cursor.fetchall()
        cursor.executemany(
            f'UPDATE {column.table} SET "{column.name}" = %s'
            f' WHERE {column.key} = %s AND "{column.name}" = %s',
            [(encrypt(decrypt(was, column.purpose), column.purpose), key, was) for key, was in rows],
        )
    return (rows[-1][0], len(rows)) if rows else None


def _closed_by(column: Column, key_id: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM {column.table} WHERE "{column.name}" ^@ %s', [f"v1.{key_id}."])
        return int(cursor.fetchone()[0])
