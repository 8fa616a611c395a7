"""Keeping the log of changes of the embedded server, from which a base backup leads to any moment (INT-7).

LEADLINE_KEEP_LOG turns it on: `1` for the folder `backups/wal` in the data folder, else the folder it names.
The server itself hands each file over, at the latest a minute after the first change in it, and keeps it
until that worked.
"""

import os
import re
import shlex
import sys
from pathlib import Path

from leadline.core.postgres.accounts import Account
from leadline.core.postgres.addresses import data_folder
from leadline.core.postgres.errors import ServerError

# Written whole before it gets its name. A file that is there already is well only if it is the same.
_KEEPER = """#!/bin/sh
# Written by Leadline: keeps one file of the log of changes. keep.sh PATH NAME FOLDER
set -e
kept="$3/$2.gz"
if [ -f "$kept" ]; then
    gzip -dc "$kept" | cmp -s - "$1"
    exit $?
fi
gzip -1 -c "$1" > "$3/.$2.unfinished"
sync "$3/.$2.unfinished" 2> /dev/null || sync
mv "$3/.$2.unfinished" "$kept"
sync "$3" 2> /dev/null || sync
"""
_SEGMENT = re.compile(r"([0-9A-F]{24})(\.[0-9A-F]{8}\.backup)?\.gz")


def is_kept() -> bool:
    """Whether the log of changes is kept."""
    return os.environ.get("LEADLINE_KEEP_LOG", "") not in ("", "0")


def folder() -> Path:
    """Where it is kept."""
    named = os.environ.get("LEADLINE_KEEP_LOG", "")
    return data_folder() / "backups" / "wal" if named in ("", "0", "1") else Path(named).resolve()


def folder_of(system: str) -> Path:
    """The part of one cluster: another cluster's files have the same names."""
    return folder() / system


def system_of(cluster: Path) -> str:
    """The number that a cluster got when it was made, and that its copies keep."""
    with (cluster / "global" / "pg_control").open("rb") as file:
        return str(int.from_bytes(file.read(8), sys.byteorder))


def settings_to_keep(cluster: Path, account: Account) -> dict[str, str]:
    """The server's settings, with the folder and the program made for the account that it runs as."""
    if not is_kept():
        return {"archive_mode": "off"}
    place = folder_of(system_of(cluster))
    folder().mkdir(mode=0o711, parents=True, exist_ok=True)
    if not place.exists():
        account.make_folder(place)
    keeper = place / "keep.sh"
    keeper.write_text(_KEEPER)
    keeper.chmod(0o755)
    if not account.reaches(place):
        raise ServerError(
            f"The user that runs the database can't write to {place}. Let LEADLINE_KEEP_LOG name a folder"
            f" that belongs to user {account.uid}."
        )
    command = f"/bin/sh {_shell(keeper)} %p %f {_shell(place)}"
    return {
        "archive_mode": "on",
        "archive_timeout": "'60s'",
        "archive_command": quoted(command),
        # A base takes its own part of the log at the end; until then it must be there.
        "wal_keep_size": "'1GB'",
    }


def settings_to_replay(place: Path, until: str) -> dict[str, str]:
    """The settings of a server that goes from a base to a moment; empty for the end of the log."""
    source = _shell(place)
    settings = {
        "archive_mode": "off",
        "restore_command": quoted(f"test -f {source}/%f.gz && gzip -dc {source}/%f.gz > %p"),
        "recovery_target_action": "'promote'",
        "recovery_target_timeline": "'latest'",
    }
    return {**settings, "recovery_target_time": quoted(until)} if until else settings


def forget_before(segment: str, system: str) -> int:
    """Remove the kept files of a cluster older than a segment; returns how many."""
    count = 0
    for path in folder_of(system).glob("*.gz"):
        named = _SEGMENT.fullmatch(path.name)
        # The first eight digits are the timeline: position alone says what is older.
        if named and named[1][8:] < segment[8:]:
            path.unlink(missing_ok=True)
            count += 1
    return count


def quoted(text: str) -> str:
    """A text as postgresql.conf wants it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _shell(path: Path) -> str:
    # A percent sign would be one of the server's own.
    return shlex.quote(str(path).replace("%", "%%"))
