"""What is derived from a customer and kept beside it; made anew when an undoing changed rows."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from leadline.core.clock import now
from leadline.core.normalise.text import sort_key
from leadline.core.sets import array_of
from leadline.customers.models import Contact, Customer

_PULSE = """
UPDATE customers_pulse pulse
   SET owner_id = customer.owner_id, team_id = customer.team_id, territory_id = customer.territory_id,
       owner_since = CASE WHEN pulse.owner_id = customer.owner_id THEN pulse.owner_since
                          WHEN customer.owner_id IS NOT NULL THEN %(now)s::timestamptz END
  FROM customers_customer customer
 WHERE customer.id = ANY(%(ids)s::bigint[]) AND pulse.customer_id = customer.id
   AND (pulse.owner_id, pulse.team_id, pulse.territory_id)
       IS DISTINCT FROM (customer.owner_id, customer.team_id, customer.territory_id)
"""
# Nearly all have one: to find each there costs a fifth of the change again.
_MISSING_PULSE = """
INSERT INTO customers_pulse (customer_id, owner_id, team_id, territory_id, owner_since)
SELECT id, owner_id, team_id, territory_id, CASE WHEN owner_id IS NOT NULL THEN %(now)s::timestamptz END
  FROM customers_customer
 WHERE id = ANY(%(ids)s::bigint[])
   AND NOT EXISTS (SELECT FROM customers_pulse known WHERE known.customer_id = customers_customer.id)
    ON CONFLICT DO NOTHING
"""


def renew_side_tables(ids: Sequence[int], columns: set[str]) -> None:
    """Sort keys and the pulse's owner, team, territory, after an undoing changed these columns.

    Who got it back has it since now.
    """
    if "name" in columns:
        renew_sort_keys(Customer, ids)
    if {"owner_id", "team_id", "territory_id"} & columns:
        with connection.cursor() as cursor:
            given: dict[str, Any] = {"ids": array_of(ids), "now": now()}
            cursor.execute(_PULSE, given)
            if cursor.rowcount < len(ids):
                cursor.execute(_MISSING_PULSE, given)


def renew_sort_keys(model: type[Customer] | type[Contact], ids: Sequence[int]) -> None:
    """Sort keys after names were changed back."""
    names = model.objects.filter(pk__in=ids).only("name", "name_key")
    stale = [row for row in names if row.name_key != sort_key(row.name)]
    for row in stale:
        row.name_key = sort_key(row.name)
    model.objects.bulk_update(stale, ["name_key"], batch_size=1000)  # type: ignore[arg-type]
