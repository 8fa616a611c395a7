"""The file of the records that a job could not change, each with its reason (ALL-8)."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from leadline.core.actions import Actor
from leadline.core.jobs import Portion, Running
from leadline.core.lists.bulk.choosing import names_of
from leadline.core.lists.selection import Selection
from leadline.core.spreadsheets import defused

REFUSED = "refused.csv"


def note_refused(running: Running, portion: Portion, kind: str, refused: Mapping[int, str]) -> None:
    """Write the refused of a portion to the file; the caller counts them in the portion."""
    if not refused:
        return
    if not running.counts.get("refused"):
        portion.append(REFUSED, _line(["id", "name", "reason"]))
    portion.append(REFUSED, _refused_rows(kind, refused, running.by))


def offer_refused(running: Running) -> None:
    """Let the file be downloaded, if anything was refused."""
    if running.counts.get("refused"):
        running.result(REFUSED)


def _refused_rows(kind: str, refused: Mapping[int, str], by: Actor) -> bytes:
    names = names_of(Selection.of_ids(kind, list(refused)), by)
    return b"".join(_line([key, names.get(key, ""), why]) for key, why in sorted(refused.items()))


def _line(cells: list[Any]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow([defused(str(cell)) for cell in cells])
    return text.getvalue().encode()
