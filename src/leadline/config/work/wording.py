"""The counts of jobs and change sets, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

COUNTS = {
    "created": _("Created"),
    "updated": _("Updated"),
    "changed": _("Changed"),
    "unchanged": _("As they were"),
    "skipped": _("Skipped"),
    "rejected": _("Rejected"),
    "refused": _("Refused"),
    "linked": _("Linked"),
    "exported": _("Exported"),
    "rows": _("Rows"),
    "undone": _("Changed back"),
    "archived": _("Archived"),
    "kept": _("Kept, edited since"),
    "customers": _("Customers"),
    "contacts": _("Contacts"),
    "activities": _("Activities"),
    "notes": _("Notes"),
    "users": _("Users"),
    "teams": _("Teams"),
    "megabytes": _("Megabytes"),
    "files": _("Files"),
    "removed": _("Removed"),
}
TONES = {"done": "good", "failed": "bad", "cancelled": "neutral", "running": "info", "waiting": "neutral"}
CHANGE_TONES = {"done": "good", "stopped": "warn", "undone": "neutral", "running": "info", "undoing": "info"}


def counts_in_words(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The counts with their words, in the order of the words; nought is left out."""
    order = list(COUNTS)
    known = sorted(counts, key=lambda name: order.index(name) if name in COUNTS else len(order))
    return [(str(COUNTS.get(name, name.replace("_", " "))), counts[name]) for name in known if counts[name]]
