"""What is done with hand-overs and their sheets."""

from leadline.handovers.actions.accepting import accept_sheet, note_remarks, remind_of_sheet
from leadline.handovers.actions.erasing import erase_from_sheets
from leadline.handovers.actions.moving import finish_handover, give_portion, return_portion
from leadline.handovers.actions.starting import (
    begin_handover,
    call_off_handover,
    return_handover,
    start_handover,
)

__all__ = [
    "accept_sheet",
    "begin_handover",
    "call_off_handover",
    "erase_from_sheets",
    "finish_handover",
    "give_portion",
    "note_remarks",
    "remind_of_sheet",
    "return_handover",
    "return_portion",
    "start_handover",
]
