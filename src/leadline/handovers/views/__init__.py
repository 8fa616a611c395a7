"""The doors of hand-overs: the wizard, what came of it, and the sheets."""

from leadline.handovers.views.looking import call_off, handovers, page
from leadline.handovers.views.sheets import accept, note_remarks, sheet
from leadline.handovers.views.wizard import chosen, start

__all__ = ["accept", "call_off", "chosen", "handovers", "note_remarks", "page", "sheet", "start"]
