"""The list of customers: each person, each order, first page and deep in it; filters with a count (ALL-7)."""

import json
from typing import Any
from urllib.parse import urlencode

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.core.fields import Field, catalogue
from leadline.core.lists.cursors import Cursor
from leadline.people.models import User
from leadline.people.scope import reach

LIST = "/customers/"
FILTERS = {
    "and": [
        {"field": "status", "op": "equals", "value": "active"},
        {"field": "country", "op": "equals", "value": "DE"},
        {"field": "industry", "op": "equals", "value": "Energy"},
    ]
}


@row("List of 50 customers", Goal(6, times_raw=10))
def list_pages(data: Data) -> dict[str, Measured]:
    """Each order that the list offers, at its start and from its middle, as each of three people."""
    found = {}
    for who, user in data.people.items():
        for order in _orders():
            for deep in (False, True):
                name = f"{who}, by {order.name.replace('_', ' ')}, {'deep' if deep else 'first page'}"
                found[name] = _page(data, user, order, deep=deep)
    return found


@row("List with three filters and its count", Goal(25))
def filtered(data: Data) -> dict[str, Measured]:
    """Three conditions at once, which no index answers together."""
    address = f"{LIST}?{urlencode({'where': _json(FILTERS)})}"
    return {who: measured([fetch(user, address)], data.times, raw=[_filtered_raw(user)])
            for who, user in data.people.items()}  # fmt: skip


def _orders() -> list[Field]:
    return [each for each in catalogue("customer").fields if each.sort is not None]


def _page(data: Data, user: User, order: Field, *, deep: bool) -> Measured:
    middle = _middle(user, order) if deep else None
    asked: dict[str, str] = {"sort": order.name}
    if middle:
        asked["after"] = Cursor(order.name, *middle).word()
    raw = _raw(user, order, middle)
    return measured([fetch(user, f"{LIST}?{urlencode(asked)}")], data.times, raw=[raw])


def _source(user: User, order: Field) -> tuple[str, list[Any]]:
    assert order.sort is not None
    table = order.sort.table or "customers_customer"
    condition, params = reach(user, "customer", "view").sql(table)
    source = f"{table} {order.sort.join}" if order.sort.table else table
    return f"FROM {source} WHERE {condition} AND customers_customer.archived_at IS NULL", params


def _middle(user: User, order: Field) -> tuple[Any, int] | None:
    """A place half-way through what the person reaches."""
    assert order.sort is not None
    source, params = _source(user, order)
    some = f"{source} AND {order.sort.sql} IS NOT NULL"
    key = order.sort.sql
    half = query(f"SELECT count(*) / 2 {some}", params)[0][0]
    rows = query(f"SELECT {key}, customers_customer.id {some} ORDER BY 1, 2 OFFSET {half} LIMIT 1", params)
    return (rows[0][0], rows[0][1]) if rows else None


def _raw(user: User, order: Field, middle: tuple[Any, int] | None) -> tuple[str, list[Any]]:
    """The columns that the page shows of its fifty rows, in one statement."""
    assert order.sort is not None
    source, params = _source(user, order)
    key, key_id = order.sort.sql, order.sort.id_sql or "customers_customer.id"
    after = f" AND ({key}, {key_id}) > (%s, %s)" if middle else ""
    if order.sort.nullable:
        after += f" AND {key} IS NOT NULL"
    sql = (
        f"SELECT found.*, people_user.name, customers_pulse.last_interaction_at FROM ("
        f"SELECT customers_customer.id, customers_customer.name, status, email, phone, industry, city,"
        f" customers_customer.owner_id {source}{after} ORDER BY {key}, {key_id} LIMIT 51) found"
        f" LEFT JOIN people_user ON people_user.id = found.owner_id"
        f" LEFT JOIN customers_pulse ON customers_pulse.customer_id = found.id"
    )
    return sql, [*params, *(middle or ())]


def _filtered_raw(user: User) -> tuple[str, list[Any]]:
    condition, params = reach(user, "customer", "view").sql("customers_customer")
    tests = "status = 'active' AND country = 'DE' AND industry = 'Energy' AND archived_at IS NULL"
    sql = f"SELECT id, name, status, email FROM customers_customer WHERE {condition} AND {tests}"
    return f"{sql} ORDER BY name_key, id LIMIT 51", params


def _json(where: Any) -> str:
    return json.dumps(where, separators=(",", ":"))
