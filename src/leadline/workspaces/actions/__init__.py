"""What is done with dashboards: arranging them, and making one's own."""

from leadline.workspaces.actions.arranging import arrange_dashboard, reset_dashboard
from leadline.workspaces.actions.owning import (
    archive_dashboard,
    change_dashboard,
    make_dashboard,
    move_dashboard,
    restore_dashboard,
)

__all__ = [
    "archive_dashboard",
    "arrange_dashboard",
    "change_dashboard",
    "make_dashboard",
    "move_dashboard",
    "reset_dashboard",
    "restore_dashboard",
]
