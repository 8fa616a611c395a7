"""Workbooks (XLSX, XLSB, XLS, ODS), guarded: weighed before they are opened, opened in a process with
bounds."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from leadline.imports.reading.unreadable import UnreadableFile

MEMORY = 2 << 30
SECONDS = 600
MOST_ENTRIES = 10_000
MOST_BYTES = 4 << 30
HIGHEST_RATIO = 250
WEIGHED_FROM = 32 << 20  # below this, how well it was packed does not matter


@dataclass(frozen=True)
class Sheet:
    name: str
    visible: bool = True


@dataclass(frozen=True)
class Workbook:
    """What was read: all sheets, and the one that was taken with the kinds of cells in its columns.

    `kinds` tells for each column the last row in which a text, a number or a date stands."""

    sheets: list[Sheet]
    sheet: str
    rows: int
    kinds: dict[int, dict[str, int]] = field(default_factory=dict)

    def typed(self, skip: int) -> dict[int, str]:
        """The columns that hold nothing but true numbers, or true dates, below the first `skip` rows."""
        below = {
            place: [kind for kind, last in kinds.items() if last > skip]
            for place, kinds in self.kinds.items()
        }
        return {place: kinds[0] for place, kinds in below.items() if len(kinds) == 1 and kinds[0] != "text"}


def convert(path: Path, target: Path, sheet: str = "") -> Workbook:
    """Write a sheet as CSV to `target`: the chosen one, or the first visible one that has rows."""
    weigh(path)
    child = Path(__file__).with_name("workbook_child.py")
    command = [sys.executable, "-I", str(child), str(path), sheet, str(target), str(MEMORY), str(SECONDS)]
    try:
        run = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(_("The workbook takes too long to read. Save the sheet as CSV.")) from error
    lines = run.stdout.splitlines()
    if run.returncode or not lines:
        raise _stopped(run.stderr)
    said = json.loads(lines[-1])
    if "error" in said:
        raise _refusal(said["error"])
    sheets = [Sheet(**one) for one in said["sheets"]]
    return Workbook(sheets, said["sheet"], said["rows"], {int(k): v for k, v in said["kinds"].items()})


def weigh(path: Path) -> None:
    """Refuse a workbook that would unpack to more than a machine holds, before anything is unpacked."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise _refusal("password")
            unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
            heavy = [e for e in entries if e.file_size > WEIGHED_FROM]
            dense = any(e.file_size > HIGHEST_RATIO * max(e.compress_size, 1) for e in heavy)
            overlapping = packed > path.stat().st_size
            if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or dense or overlapping:
                raise _refusal("bomb")
            for entry in entries:
                _unpacks_as_declared(archive, entry)
    except UnreadableFile:
        raise
    except Exception as error:  # a hostile archive fails in more ways than zipfile names
        raise _refusal("damaged") from error


def _unpacks_as_declared(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack once into nothing: zipfile stops at the declared size and compares the check sum."""
    if entry.compress_size * 1032 < entry.file_size:
        raise _refusal("bomb")
    with archive.open(entry) as content:
        while content.read(1 << 20):
            pass


def _refusal(reason: str) -> UnreadableFile:
    words = {
        "password": _("The workbook is protected by a password. Save it without one and upload it again."),
        "no rows": _("The workbook has no sheet with rows."),
        "bomb": _("The workbook would unpack to more data than can be read safely. Save the sheet as CSV."),
    }
    return UnreadableFile(
        words.get(reason) or _("The workbook is damaged and can't be opened. Save it anew as XLSX or CSV.")
    )


def _stopped(told: bytes) -> UnreadableFile:
    """The child gave up: nearly always because the sheet reaches further than memory does."""
    if b"memory" in told or b"capacity" in told or b"MemoryError" in told or not told:
        return UnreadableFile(
            _(
                "The sheet reaches over more cells than can be held. A cell far out may be filled"
                " by mistake: delete the"
                " rows and columns beyond your data, or save the sheet as CSV."
            )
        )
    return _refusal("damaged")
