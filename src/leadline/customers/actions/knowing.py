"""Since when owners have customers that were theirs before it was kept: told by the history (LEA-10)."""

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.jobs.queue import later_once
from leadline.customers.models import Pulse

TASK = "customers.know_owners"
_LAST = """
SELECT max(customer_id) FROM (
  SELECT customer_id FROM customers_pulse WHERE customer_id > %s ORDER BY customer_id LIMIT %s) portion
"""
# Who is being written to right now is passed over, so that nobody waits for another here.
_FILL = """
WITH unknown AS (
    SELECT customer_id FROM customers_pulse
     WHERE customer_id > %(after)s AND customer_id <= %(last)s
       AND owner_id IS NOT NULL AND owner_since IS NULL
     ORDER BY customer_id FOR NO KEY UPDATE SKIP LOCKED
), told AS (
    SELECT record_id, max(at) AS at FROM core_history
     WHERE kind = 'customer' AND record_id > %(after)s AND record_id <= %(last)s
       AND (verb = 'created' OR changes ? 'owner_id')
     GROUP BY record_id
)
UPDATE customers_pulse pulse SET owner_since = told.at
  FROM unknown JOIN told ON told.record_id = unknown.customer_id
 WHERE pulse.customer_id = unknown.customer_id
"""


def ask_to_know_owners() -> None:
    """Let the worker look into the history, where of any customer it is not known; at an upgrade."""
    if Pulse.objects.filter(owner_id__isnull=False, owner_since=None).exists():
        later_once(TASK, once=TASK)


@action
def know_owners_since(after: int, *, limit: int, by: Actor) -> int | None:
    """Fill in the next customers by key; returns the last key, or none when there are no more.

    What the history does not tell, as it was not kept so long, stays unknown.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [after, limit])
        (last,) = cursor.fetchone()
        if last is not None:
            cursor.execute(_FILL, {"after": after, "last": last})
    return last
