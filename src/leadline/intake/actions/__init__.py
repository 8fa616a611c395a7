"""What is done with mail that comes in: the only place that writes it."""

from leadline.intake.actions.keeping import (
    add_address,
    archive_address,
    change_address,
    restore_address,
    switch_address,
)
from leadline.intake.actions.polling import note_poll, note_unreadable, pass_over, place_at
from leadline.intake.actions.taking import take_after_all, take_letter
from leadline.intake.actions.tidying import erase_letters, forget_old_letters

__all__ = [
    "add_address",
    "archive_address",
    "change_address",
    "erase_letters",
    "forget_old_letters",
    "note_poll",
    "note_unreadable",
    "pass_over",
    "place_at",
    "restore_address",
    "switch_address",
    "take_after_all",
    "take_letter",
]
