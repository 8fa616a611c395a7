"""What is done with web forms: the only place that writes them."""

from leadline.webforms.actions.counting import count_view
from leadline.webforms.actions.deciding import discard_submission, release_submission
from leadline.webforms.actions.making import (
    add_form,
    archive_form,
    change_form,
    restore_form,
    switch_form,
)
from leadline.webforms.actions.taking import take_submission
from leadline.webforms.actions.tidying import erase_submissions, forget_old

__all__ = [
    "add_form",
    "archive_form",
    "change_form",
    "count_view",
    "discard_submission",
    "erase_submissions",
    "forget_old",
    "release_submission",
    "restore_form",
    "switch_form",
    "take_submission",
]
