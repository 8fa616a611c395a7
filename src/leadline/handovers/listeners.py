"""New owners hear of their sheets; those who handed over hear of acceptance (SIG-10)."""

from leadline.core.actions import Actor
from leadline.core.events import on
from leadline.handovers.events import HandoverDone, SheetAccepted
from leadline.handovers.models import Sheet
from leadline.handovers.reminding import tell_of_acceptance, tell_of_sheet


@on(HandoverDone)
def tell_the_new_owners(event: HandoverDone, *, by: Actor) -> None:
    """Each new owner once, unless it was the own doing."""
    sheets = Sheet.objects.waiting().filter(handover_id=event.handover_id).exclude(owner_id=event.actor_id)
    for sheet in sheets.select_related("owner", "handover__from_user", "handover__started_by"):
        tell_of_sheet(sheet, by=by)


@on(SheetAccepted)
def tell_of_the_accepted(event: SheetAccepted, *, by: Actor) -> None:
    """Whoever handed over."""
    rows = Sheet.objects.select_related("owner", "handover__from_user", "handover__started_by")
    sheet = rows.filter(pk=event.sheet_id).first()
    if sheet is not None:
        tell_of_acceptance(sheet, by=by)
