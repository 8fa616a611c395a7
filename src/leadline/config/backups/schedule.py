"""Backups by the clock: LEADLINE_BACKUP_AT says when, LEADLINE_BACKUP_KEEP how many stay (7)."""

import os
from datetime import datetime, time, timedelta

from leadline.config.backups import shelf
from leadline.config.backups.shelf import Kept
from leadline.core import clock
from leadline.core.clock import zone_of
from leadline.core.organisation import organisation

LONGEST_GAP = timedelta(hours=36)


def time_of_day() -> time | None:
    """When backups are made, in the organisation's zone; None where nobody asked for them."""
    text = os.environ.get("LEADLINE_BACKUP_AT", "")
    try:
        return datetime.strptime(text, "%H:%M").time() if text else None
    except ValueError:
        return None


def kept() -> int:
    """How many backups stay; never fewer than one."""
    text = os.environ.get("LEADLINE_BACKUP_KEEP", "")
    return max(int(text), 1) if text.isdigit() else 7


def is_late(last: Kept) -> bool:
    """Whether the last backup is older than backups by the clock can be."""
    return time_of_day() is not None and clock.now() - last.made_at > LONGEST_GAP


def is_due() -> bool:
    """Whether today's time has passed without a backup since."""
    wanted = time_of_day()
    if wanted is None:
        return False
    now = clock.now().astimezone(zone_of(organisation().time_zone))
    planned = now.replace(hour=wanted.hour, minute=wanted.minute, second=0, microsecond=0)
    last = shelf.last_backup()
    return now >= planned and (last is None or last.made_at < planned)
