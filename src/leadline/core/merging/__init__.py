"""Records that turn out to be one become one: what hangs on them moves to the one that stays (CUS-23)."""

from leadline.core.merging.attached import (
    Attached,
    Merging,
    Moved,
    attached_to,
    mergeable,
    mergeables,
    register_attached,
)
from leadline.core.merging.models import Merge
from leadline.core.merging.moving import move_attached, move_portion, waiting_rows

__all__ = [
    "Attached",
    "Merge",
    "Merging",
    "Moved",
    "attached_to",
    "mergeable",
    "mergeables",
    "move_attached",
    "move_portion",
    "register_attached",
    "waiting_rows",
]
