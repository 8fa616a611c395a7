"""Where files of letters are kept: outside of what is served, under names that nobody guesses."""

from pathlib import Path

from leadline.timeline.files import folder

ROOM = "intake"


def place_of(path: str) -> Path:
    """Where a file is kept."""
    return folder(ROOM) / path
