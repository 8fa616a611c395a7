"""Records as JSON: each field of the catalogue under its name, references with a name a person can read."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection

from leadline.api.scopes import EVERYTHING
from leadline.core.conditions import everything
from leadline.core.fields import Catalogue, Field, catalogue
from leadline.core.lists import Asking
from leadline.core.lists.asking import RANK
from leadline.core.lists.finding import Finding
from leadline.customers.queries import context_for
from leadline.people.models import Team, Territory, User

REFERENCES = {"user", "team", "territory", "stage", "reason", "capability", "link"}
Names = dict[tuple[str, int], dict[str, Any]]


def records_of(
    columns: Sequence[Field], rows: Iterable[tuple[int, Sequence[Any]]], user: Any
) -> list[dict[str, Any]]:
    """Rows of stored values as JSON; one query for each kind of record they point at."""
    rows = list(rows)
    names = _names(columns, rows, user)
    return [
        {
            "id": key,
            **{
                column.name: _plain(value, column, names)
                for column, value in zip(columns, values, strict=True)
            },
        }
        for key, values in rows
    ]


def record_of(
    about: Catalogue, key: int, user: Any, columns: Sequence[Field] | None = None
) -> dict[str, Any]:
    """One record that the person is known to see, read by the list's own SQL."""
    columns = columns or about.visible_to(user)
    asking = Asking(about, tuple(columns), everything(about), RANK, archived="all")
    sql, params = Finding(asking, EVERYTHING, context_for(user), [key], raw=True).rows_sql()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        row = cursor.fetchone()
    return records_of(columns, [(row[0], row[2:])], user)[0]


def as_json(given: Any) -> bytes:
    """JSON in UTF-8: moments in UTC, decimals as text, never a float (ALL-5, ALL-6)."""
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"), default=_simple).encode()


def moment_as_text(moment: datetime) -> str:
    """ISO 8601 in UTC."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds" if moment.microsecond else "seconds")
    return text.replace("+00:00", "Z")


def _plain(value: Any, column: Field, names: Names) -> Any:
    kind = column.kind.key
    if kind in ("hours", "details"):
        return json.loads(value) if isinstance(value, str) else value
    if value is None or isinstance(value, str | bool):
        return value
    if kind in REFERENCES:
        return names.get((_target(column), value), {"id": value})
    if kind == "number" and isinstance(value, Decimal):
        return plain_number(value)
    return _simple(value) if isinstance(value, datetime | date | Decimal) else value


def plain_number(value: Decimal | None) -> int | str | None:
    """A whole number as such, another as text, never a float (ALL-5)."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else str(value)


def _simple(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_as_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _target(column: Field) -> str:
    return column.kind.target(column)  # type: ignore[attr-defined]


def _names(columns: Sequence[Field], rows: list[tuple[int, Sequence[Any]]], user: Any) -> Names:
    wanted: dict[str, set[int]] = {}
    for place, column in enumerate(columns):
        if column.kind.key in REFERENCES:
            found = {values[place] for _key, values in rows} - {None}
            wanted.setdefault(_target(column), set()).update(found)
    return {
        (target, known["id"]): known
        for target, keys in wanted.items()
        if keys
        for known in _known(target, keys, user)
    }


def _known(target: str, keys: set[int], user: Any) -> Iterable[dict[str, Any]]:
    """What may be said of records that are pointed at; the name of one out of sight is not told (ALL-3)."""
    if target == "user":
        return list(User.objects.filter(pk__in=keys).values("id", "email", "name"))
    rows: Any
    if target in ("team", "territory"):
        rows = {"team": Team, "territory": Territory}[target]._default_manager.filter(pk__in=keys)
        return list(rows.values("id", "name"))
    rows = apps.get_model(catalogue(target).model)._default_manager.all()
    return rows.visible_to(user).filter(pk__in=keys).values("id", "name")
