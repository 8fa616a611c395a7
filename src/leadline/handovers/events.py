"""What can be told of hand-overs, in the past tense."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class HandoverStarted(Event):
    """Records begin to go over to others (`leaver`, `absence`, `change`); `from_id` had them."""

    handover_id: int
    reason: str
    from_id: int | None

    wording = _("started a hand-over")


@dataclass(frozen=True)
class HandoverDone(Event):
    """All records of a hand-over have gone over; each new owner has a sheet."""

    handover_id: int

    wording = _("finished a hand-over")


@dataclass(frozen=True)
class HandoverReturned(Event):
    """An absence is over: what the deputies still had went back."""

    handover_id: int

    wording = _("brought back what was handed over for an absence")


@dataclass(frozen=True)
class SheetAccepted(Event):
    """A new owner accepted the sheet of a hand-over."""

    handover_id: int
    sheet_id: int

    wording = _("accepted a hand-over sheet")
