"""What can be done with templates and letters."""

from leadline.marketing.actions.erasing import erase_sendings
from leadline.marketing.actions.sending import send_mail
from leadline.marketing.actions.templates import (
    add_template,
    archive_template,
    change_template,
    provide_templates,
    restore_template,
)

__all__ = [
    "add_template",
    "archive_template",
    "change_template",
    "erase_sendings",
    "provide_templates",
    "restore_template",
    "send_mail",
]
