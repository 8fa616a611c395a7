"""The first deposit begins the procedure (LEA-10)."""

from leadline.compliance.actions import begin_after_deposits
from leadline.core.actions import Actor
from leadline.core.events import on
from leadline.platform.events import PaymentsReceived


@on(PaymentsReceived)
def begin_with_the_first_deposit(event: PaymentsReceived, *, by: Actor) -> None:
    """Whoever paid in and has no procedure gets one."""
    if event.deposits:
        begin_after_deposits(event.ids_of("payment"), by=by)
