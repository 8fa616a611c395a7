"""What happened with a lead is shown on the customer that it became (LEA-9, TIM-1)."""

from collections.abc import Sequence

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.sets import array_of

_CARRY = """
UPDATE timeline_activity entry
   SET customer_id = became.customer_id, contact_id = coalesce(entry.contact_id, became.contact_id),
       updated_at = %s, version = entry.version + 1
  FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) became(lead_id, customer_id, contact_id)
 WHERE entry.lead_id = became.lead_id AND entry.customer_id IS NULL
"""


@action
def carry_activities(became: Sequence[tuple[int, int, int]], *, by: Actor) -> int:
    """Show the activities of leads on their customers too: (lead, customer, contact); returns how many.

    They stay the leads'; undoing the change set takes them off the customers again.
    """
    if not became:
        return 0
    leads, customers, contacts = zip(*became, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_CARRY, [now(), array_of(leads), array_of(customers), array_of(contacts)])
        return int(cursor.rowcount)
