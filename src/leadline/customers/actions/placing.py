"""Putting customers into their territories: the new on their way in, the changed after it (PPL-3)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.customers.actions.columns import PLACES
from leadline.customers.queries.territories import RULED, compiled_rules, placing_sql
from leadline.people.actions.rules import TERRITORIES

# Whoever places customers holds the rules until the transaction ends; who changes them waits for that, so
# that no customer is placed by rules that are no more after the job of the change has passed it.
_HOLD_RULES = "SELECT pg_advisory_xact_lock_shared(hashtext(%s))"
_TYPES = {"employees": "int"}
_TERRITORY, _BY_HAND = PLACES["territory_id"], PLACES["territory_by_hand"]
_BY_RULES = """
SELECT {placed} FROM unnest({arrays}) WITH ORDINALITY AS customers_customer ({columns}, place) ORDER BY place
"""
# A wish counts when it differs from what is; a territory that was chosen stays as long as it is in use.
# What is chosen as the rules say is chosen no more. Who is changed meanwhile is placed by that change, so the
# version tells; only those that move are locked.
_PLACE = """
WITH placed AS (
    SELECT customers_customer.id, customers_customer.version, customers_customer.territory_id,
           territory_by_hand, {placed} AS ruled,
           CASE WHEN chosen.territory_id IS DISTINCT FROM customers_customer.territory_id
                     AND chosen.id IS NOT NULL THEN chosen.territory_id
                WHEN territory_by_hand AND kept.id IS NOT NULL THEN kept.id END AS wish
      FROM customers_customer
      LEFT JOIN unnest(%s::bigint[], %s::bigint[]) chosen (id, territory_id)
             ON chosen.id = customers_customer.id
      LEFT JOIN people_territory kept
             ON kept.id = customers_customer.territory_id AND kept.retired_at IS NULL
     WHERE customers_customer.id = ANY(%s)
), wanted AS (
    SELECT *, coalesce(wish, ruled) AS wanted_id, wish IS NOT NULL AND wish IS DISTINCT FROM ruled AS by_hand
      FROM placed
), moving AS (
    SELECT customer.id, wanted_id, by_hand
      FROM wanted JOIN customers_customer customer USING (id, version)
     WHERE wanted.territory_id IS DISTINCT FROM wanted_id OR wanted.territory_by_hand <> by_hand
     ORDER BY customer.id FOR NO KEY UPDATE OF customer
), changed AS (
    UPDATE customers_customer
       SET territory_id = wanted_id, territory_by_hand = by_hand, updated_at = %s, version = version + 1
      FROM moving WHERE customers_customer.id = moving.id
 RETURNING customers_customer.id, customers_customer.territory_id
), pulse AS (
    UPDATE customers_pulse SET territory_id = changed.territory_id
      FROM changed WHERE customer_id = changed.id
)
SELECT id FROM changed
"""


@action
def place_customers(
    ids: Iterable[int], *, chosen: Mapping[int, int | None] | None = None, by: Actor
) -> list[int]:
    """Put customers where the rules say; returns those that moved.

    `chosen` names a territory for some of them, or none: by the rules again. One that differs from the rules
    stays until somebody chooses otherwise.
    """
    hold_rules()
    placed, params = placing_sql()
    wishes = chosen or {}
    with connection.cursor() as cursor:
        cursor.execute(
            _PLACE.format(placed=placed),
            [*params, list(wishes), list(wishes.values()), sorted(set(ids)), now()],
        )
        return sorted(key for (key,) in cursor.fetchall())


def place_new(rows: Sequence[list[Any]], wishes: Sequence[int | None]) -> None:
    """Give new rows, as `columns` makes them, their territory: one question for what differs among them."""
    hold_rules()
    compiled = compiled_rules()
    asked = {field.name for _territory, rules in compiled for field in rules.root.fields()}
    columns = [name for name in RULED if name in asked]
    places = [PLACES[name] for name in columns]
    keys = [tuple(row[place] for place in places) for row in rows]
    ruled = _by_rules(columns, list(set(keys)), placing_sql(compiled)) if columns else {}
    for row, key, wish in zip(rows, keys, wishes, strict=True):
        by_rules = ruled.get(key)
        row[_TERRITORY] = wish or by_rules
        row[_BY_HAND] = bool(wish) and wish != by_rules


def hold_rules() -> None:
    """Keep the rules as they are until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_RULES, [TERRITORIES])


def _by_rules(
    columns: list[str], keys: list[tuple[Any, ...]], placed: tuple[str, list[Any]]
) -> dict[tuple[Any, ...], int | None]:
    """What the rules say for each combination of values, by the same SQL as for the table."""
    sql, params = placed
    arrays = ", ".join(f"%s::{_TYPES.get(name, 'text')}[]" for name in columns)
    values = [list(values) for values in zip(*keys, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            _BY_RULES.format(placed=sql, arrays=arrays, columns=", ".join(columns)), [*params, *values]
        )
        return {key: found for key, (found,) in zip(keys, cursor.fetchall(), strict=True)}
