"""Tasks follow hand-overs (PPL-1, SIG-10)."""

from leadline.core.actions import Actor
from leadline.core.events import on
from leadline.handovers.events import HandoverDone, HandoverReturned
from leadline.handovers.models import Handover
from leadline.tasks import actions


@on(HandoverDone)
def go_along(event: HandoverDone, *, by: Actor) -> None:
    """Open tasks about what was handed over go to its new owners."""
    handover = _handover(event.handover_id)
    if handover is not None and not handover.is_undone:
        within = by.within(handover.change_set_id) if handover.change_set_id else by
        actions.go_along_with(handover, by=within)


@on(HandoverReturned)
def come_back(event: HandoverReturned, *, by: Actor) -> None:
    """And come back with it after an absence."""
    handover = _handover(event.handover_id)
    if handover is not None:
        actions.bring_back_with(handover, by=by)


def _handover(key: int) -> Handover | None:
    rows = Handover.objects.select_related("from_user__manager", "from_user__team", "to", "overflow")
    return rows.select_related("change_set").filter(pk=key).first()
