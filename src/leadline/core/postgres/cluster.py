"""One cluster on disk: where it lies, how it is made, which settings it gets."""

import hashlib
import os
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leadline.core.postgres import wal
from leadline.core.postgres.accounts import Account, account_for
from leadline.core.postgres.addresses import OWNER, socket_folder
from leadline.core.postgres.binaries import Binaries, find_binaries, reachable_by
from leadline.core.postgres.errors import ServerError
from leadline.core.postgres.tuning import tuned

# Where root's cluster goes when the service user can't enter the data folder (a home folder, say).
FOR_ROOT = Path("/var/lib/leadline")


@dataclass(frozen=True)
class Cluster:
    """The files of one embedded server: its folder, whom they belong to, and the programs that fit them."""

    folder: Path
    account: Account
    binaries: Binaries


def prepared(data: Path, settings: Mapping[str, str]) -> Cluster:
    """The cluster of a data folder, made if it is not there yet, with today's settings written."""
    folder = cluster_folder(data)
    account = account_for(folder)
    if not folder.exists() and not account.reaches(data):
        folder = moved_out(data)
    version = folder / "PG_VERSION"
    major = int(version.read_text()) if version.exists() else None
    binaries = reachable_by(account, find_binaries(major), folder.parent)
    if major is None:
        _make(folder, account, binaries)
    socket = socket_folder(data).resolve()
    _close(socket, account)
    _write_settings(
        folder,
        account,
        {"unix_socket_directories": f"'{socket}'", **wal.settings_to_keep(folder, account), **settings},
    )
    return Cluster(folder, account, binaries)


def cluster_folder(data: Path) -> Path:
    """Where the cluster of a data folder lies; the link in the data folder may lead elsewhere."""
    return (data / "postgres").resolve()


def moved_out(data: Path) -> Path:
    """The place of a cluster whose data folder is closed: it is never opened; links in it tell where to."""
    home = FOR_ROOT / hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    home.mkdir(mode=0o755, parents=True, exist_ok=True)
    for name in ("postgres", "socket"):
        (data / name).unlink(missing_ok=True)
        (data / name).symlink_to(home / name)
    return home / "postgres"


def _make(folder: Path, account: Account, binaries: Binaries) -> None:
    # Made under another name: one that was interrupted is never taken for a whole cluster.
    unfinished = folder.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    account.make_folder(unfinished)
    result = account.run(
        [
            binaries.program("initdb"), "-D", unfinished, "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8",
            *_provider(binaries.major),
            "--auth-local=trust", "--auth-host=reject", "--data-checksums", "--no-instructions",
        ],
        folder=unfinished,
    )  # fmt: skip
    if result.returncode:
        raise ServerError(f"The database could not be made in {folder}:\n{result.stderr.strip()}")
    with (unfinished / "postgresql.conf").open("a") as file:
        file.write(
            "\n# Written anew at each start; your own settings go to local.conf.\n"
            "include_if_exists = 'leadline.conf'\n"
            "include_if_exists = 'local.conf'\n"
        )
    unfinished.rename(folder)


def _provider(major: int) -> list[str]:
    if major >= 18:
        return ["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"]
    if major == 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return []


def _close(folder: Path, account: Account) -> None:
    if not folder.exists():
        account.make_folder(folder)
        return
    found = folder.lstat()
    if found.st_uid != account.uid or stat.S_IMODE(found.st_mode) & 0o077:
        raise ServerError(
            f"{folder} must belong to user {account.uid} and be closed to others (chmod 700): "
            "the database listens there without a password."
        )


def _write_settings(folder: Path, account: Account, settings: Mapping[str, str]) -> None:
    lines = ["# Written by Leadline at each start; your own settings go to local.conf."]
    lines += [f"{name} = {value}" for name, value in {**tuned(), **settings}.items()]
    written = folder / "leadline.conf"
    written.write_text("\n".join(lines) + "\n")
    written.chmod(0o600)
    if account.other:
        os.chown(written, account.uid, account.gid)
