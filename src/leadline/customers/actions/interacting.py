"""The last interaction of customers: it moves forward, also when records become one (CUS-23, LEA-9)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.merging import Merging, Moved
from leadline.customers.models import Pulse

_LATER = """
UPDATE customers_pulse SET last_interaction_at = latest.at
  FROM unnest(%s::bigint[], %s::timestamptz[]) latest(customer_id, at)
 WHERE customers_pulse.customer_id = latest.customer_id
   AND (last_interaction_at IS NULL OR last_interaction_at < latest.at)
"""


def move_interactions(latest: Mapping[int, datetime]) -> None:
    """Move the last interaction of customers forward; it never goes back."""
    if latest:
        with connection.cursor() as cursor:
            cursor.execute(_LATER, [list(latest), list(latest.values())])


@action
def note_interactions(latest: Mapping[int, datetime], *, by: Actor) -> None:
    """The same for what happened before somebody was a customer: customer → moment (LEA-9)."""
    move_interactions(latest)


@action
def take_newest_interaction(merging: Merging, *, by: Actor) -> Moved:
    """The last interaction of all is the survivor's; each keeps its own pulse."""
    moments = dict(Pulse.objects.filter(pk__in=merging.all).values_list("pk", "last_interaction_at"))
    newest = max((moment for moment in moments.values() if moment), default=None)
    before = moments.get(merging.survivor)
    if newest is None or newest == before:
        return Moved()
    Pulse.objects.filter(pk=merging.survivor).update(last_interaction_at=newest)
    return Moved(kept=[before.isoformat() if before else None, newest.isoformat()])


@action
def give_back_interaction(merging: Merging, kept: list[Any], *, by: Actor) -> None:
    """The survivor's own last interaction again, unless there was one since."""
    before, given = kept
    Pulse.objects.filter(pk=merging.survivor, last_interaction_at=given).update(last_interaction_at=before)
