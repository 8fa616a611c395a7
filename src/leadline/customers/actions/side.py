"""What is derived from a customer and kept beside it; made anew when an undoing changed rows."""

from collections.abc import Sequence

from django.db import connection

from leadline.core.normalise.text import sort_key
from leadline.core.sets import array_of
from leadline.customers.models import Contact, Customer

_PULSE = """
INSERT INTO customers_pulse (customer_id, owner_id, team_id, territory_id)
SELECT id, owner_id, team_id, territory_id FROM customers_customer WHERE id = ANY(%s::bigint[])
    ON CONFLICT (customer_id) DO UPDATE
   SET owner_id = excluded.owner_id, team_id = excluded.team_id, territory_id = excluded.territory_id
 WHERE (customers_pulse.owner_id, customers_pulse.team_id, customers_pulse.territory_id)
       IS DISTINCT FROM (excluded.owner_id, excluded.team_id, excluded.territory_id)
"""


def renew_side_tables(ids: Sequence[int], columns: set[str]) -> None:
    """Sort keys and the pulse's owner, team, territory, after an undoing changed these columns."""
    if "name" in columns:
        renew_sort_keys(Customer, ids)
    if {"owner_id", "team_id", "territory_id"} & columns:
        with connection.cursor() as cursor:
            cursor.execute(_PULSE, [array_of(ids)])


def renew_sort_keys(model: type[Customer] | type[Contact], ids: Sequence[int]) -> None:
    """Sort keys after names were changed back."""
    names = model.objects.filter(pk__in=ids).only("name", "name_key")
    stale = [row for row in names if row.name_key != sort_key(row.name)]
    for row in stale:
        row.name_key = sort_key(row.name)
    model.objects.bulk_update(stale, ["name_key"], batch_size=1000)  # type: ignore[arg-type]
