"""The last interaction of customers that become one (CUS-23)."""

from typing import Any

from leadline.core.actions import Actor, action
from leadline.core.merging import Merging, Moved
from leadline.customers.models import Pulse


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
