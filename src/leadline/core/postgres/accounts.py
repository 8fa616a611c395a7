"""Whom the server runs as: PostgreSQL refuses to run as root, so root hands it to a service user."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SERVICE_USERS = ("leadline", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A user and group of the machine; `other` says that it is not the one who asks."""

    uid: int
    gid: int
    other: bool

    def run(
        self, command: Sequence[str | Path], *, folder: Path | None = None, seconds: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as this account and give back what it said; a failure is no exception here."""
        dropped = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.other else {}
        return subprocess.run(
            [str(word) for word in command],
            cwd=folder or "/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
            start_new_session=True,
            env={**os.environ, "LC_ALL": "C", "HOME": "/"},
            **dropped,  # type: ignore[call-overload]
        )

    def reaches(self, path: Path) -> bool:
        """Whether this account can enter the folder, or run the file."""
        return not self.other or self.run(["test", "-x", path]).returncode == 0

    def make_folder(self, path: Path) -> None:
        """Make a folder that this account alone may enter."""
        path.mkdir(mode=0o700)
        if self.other:
            os.chown(path, self.uid, self.gid)


def account_for(cluster: Path) -> Account:
    """The owner of an existing cluster; else the present user, or a service user if that is root."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), other=False)
    if cluster.exists():
        owner = cluster.stat()
        if owner.st_uid != 0:
            return Account(owner.st_uid, owner.st_gid, other=True)
    user = next(filter(None, map(_user, SERVICE_USERS)))
    return Account(user.pw_uid, user.pw_gid, other=True)


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
