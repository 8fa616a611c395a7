"""Which drafts are customers that are here already, by the key that people chose (SIG-12)."""

from collections.abc import Sequence
from typing import Any, Literal

from django.db import connection

from leadline.core.drafts import Draft, OnDuplicate
from leadline.core.normalise.text import sort_key
from leadline.core.sets import array_of

Key = Literal["email", "phone", "name", "id"]
Known = dict[Any, int]

COLUMNS = {"email": "email", "phone": "phone", "name": "name_key", "id": "id"}
KEYS: tuple[Key, ...] = ("email", "phone", "name", "id")

# One writer at a time may ask "is it here?" and then add it: two imports of one file make one customer each.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('customers.matching'))"


def identity_of(draft: Draft, key: Key) -> Any:
    """By what a draft is known; None when it lacks the key, and so matches nothing."""
    if key == "name":
        return sort_key(draft.values.get("name") or "") or None
    if key == "phone" and "phone" in draft.unclear:
        return None
    return draft.values.get(key) or None


def known_customers(drafts: Sequence[Draft], key: Key, on_duplicate: OnDuplicate) -> Known:
    """Identity → id of the customer, the oldest where several share it; archived ones don't count."""
    if on_duplicate == "create" and key != "id":
        return {}
    wanted = list({identity for draft in drafts if (identity := identity_of(draft, key)) is not None})
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        cursor.execute(
            f"SELECT {COLUMNS[key]}, min(id) FROM customers_customer"
            f" WHERE {COLUMNS[key]} = ANY(%s) AND archived_at IS NULL GROUP BY 1",
            [array_of(wanted)],
        )
        return dict(cursor.fetchall())
