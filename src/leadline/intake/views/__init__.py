"""The doors of mail that comes in: addresses, the log, letters with their files."""

from leadline.intake.views.keeping import (
    add,
    address,
    addresses,
    archive,
    edit,
    restore,
    switch,
    try_mailbox,
)
from leadline.intake.views.letters import file, letter, log, take

__all__ = [
    "add",
    "address",
    "addresses",
    "archive",
    "edit",
    "file",
    "letter",
    "log",
    "restore",
    "switch",
    "take",
    "try_mailbox",
]
