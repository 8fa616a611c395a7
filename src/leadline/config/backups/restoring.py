"""Restoring: a backup is checked, built beside what is there, checked again, then put in its place."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from leadline.config.backups import building, locked
from leadline.config.backups.archive import FILES, KEYS, members, verify
from leadline.core import clock
from leadline.core.postgres import Server, is_embedded, replacing
from leadline.core.postgres.addresses import data_folder
from leadline.core.postgres.cluster import cluster_folder
from leadline.core.postgres.locks import is_free
from leadline.core.refusals import RuleBroken

Told = Callable[[str], object]


@dataclass(frozen=True)
class Asked:
    """What is restored, and how: `at` only from a base; `keys` a file, where they lie beside the backup."""

    archive: Path
    at: datetime | None = None
    replace: bool = False
    log: Path | None = None
    keys: Path | None = None
    passphrase: str = ""


@dataclass(frozen=True)
class Restored:
    """What came of it; `former` is where the installation that was there lies now."""

    kind: str
    seconds: float
    tables: int
    rows: int | None
    files: int
    former: Path | None
    checks: list[dict[str, Any]]


def restore(asked: Asked, told: Told = lambda step: None) -> Restored:
    """Bring a backup back; until its last moment the installation that is there stays as it is.

    Raises `RuleBroken` in words for a damaged archive, a filled installation, another passphrase, a moment
    that the log of changes does not reach.
    """
    start, data = time.monotonic(), data_folder()
    told("Checking the backup")
    manifest = verify(asked.archive)
    _require_possible(asked, manifest)
    if is_embedded():
        former, rows, checks = _into_its_place(asked, manifest, data, told)
    else:
        former, rows, checks = _into_the_server(asked, manifest, data, told)
    return Restored(
        manifest["kind"],
        time.monotonic() - start,
        len(manifest.get("tables", {})),
        rows,
        manifest["files"],
        former,
        checks,
    )


def _require_possible(asked: Asked, manifest: dict[str, Any]) -> None:
    if asked.at and manifest["kind"] != "base":
        raise RuleBroken(
            "A dump is one moment. To go to another, restore a base (leadline backup --kind base)."
        )
    if asked.at and asked.at < datetime.fromisoformat(manifest["ended_at"]):
        raise RuleBroken(
            f"This base was finished at {manifest['ended_at']}; take an older one for that moment."
        )
    if manifest["kind"] == "base" and not is_embedded():
        raise RuleBroken("A base can be restored as an embedded database only; leave DATABASE_URL away.")


def _into_its_place(
    asked: Asked, manifest: dict[str, Any], data: Path, told: Told
) -> tuple[Path | None, int | None, list[dict[str, Any]]]:
    data.mkdir(parents=True, exist_ok=True)
    server = Server(data)
    if not is_free(server.users):
        raise RuleBroken("Leadline runs here. Stop it, then restore.")
    if not asked.replace and _is_filled(server):
        raise RuleBroken(
            f"There is an installation in {data}. Restore into an empty folder (LEADLINE_DATA), or add"
            " --replace: the present one is then kept beside."
        )
    stage = _clean_stage(data)
    _lay_out_files(asked, stage)
    rows = building.build(asked.archive, manifest, stage, told, at=asked.at, log=asked.log)
    told("Checking what was restored")
    checks = _checked({"LEADLINE_DATA": str(stage), "DATABASE_URL": "", "LEADLINE_KEEP_LOG": ""})
    Server(stage).stop()
    former = f"before-restore-{clock.now():%Y%m%dT%H%M%SZ}"
    server.put_in_place(former)
    return _former(data / former), rows, checks


def _former(folder: Path) -> Path | None:
    """What was there before, if it was more than the key that this very command made."""
    if not (folder / "postgres").exists() and not (folder / "files").exists():
        shutil.rmtree(folder, ignore_errors=True)
    return folder if folder.exists() else None


def _into_the_server(
    asked: Asked, manifest: dict[str, Any], data: Path, told: Told
) -> tuple[None, int | None, list[dict[str, Any]]]:
    """Into the empty database that DATABASE_URL names; what failed is taken out again."""
    stage = _clean_stage(data)
    _lay_out_files(asked, stage)
    rows = building.fill_the_server(asked.archive, manifest, stage, told)
    for part in ("files", *locked.KEY_FILES):
        if (stage / part).exists():
            if (data / part).exists() and part == "files":
                shutil.copytree(stage / part, data / part, dirs_exist_ok=True)
            else:
                (stage / part).replace(data / part)
    shutil.rmtree(stage)
    return None, rows, _checked({})


def _clean_stage(data: Path) -> Path:
    stage = replacing.stage_of(data)
    if stage.exists():
        Server(stage).stop()
        if cluster_folder(stage).exists():
            shutil.rmtree(cluster_folder(stage))
        shutil.rmtree(stage)
    # Open to pass through: run by root, the server belongs to a service user.
    stage.mkdir(mode=0o711, parents=True)
    return stage


def _is_filled(server: Server) -> bool:
    """Whether somebody works here: anybody but the house itself."""
    if not cluster_folder(server.data).exists():
        return False
    server.start()
    try:
        with server.connect() as connection:
            found = connection.execute("SELECT count(*) FROM people_user WHERE NOT is_system").fetchone()
            return bool(found and found[0])
    except psycopg.errors.UndefinedTable:
        return False
    finally:
        server.stop_if_unused()


def _lay_out_files(asked: Asked, stage: Path) -> None:
    """The files and the keys, where the stage's installation looks for them."""
    keys: dict[str, str] = {}
    for name, content in members(asked.archive):
        if name.startswith(FILES):
            place = stage / name
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                shutil.copyfileobj(content, file)
        elif name == KEYS:
            keys = _unlocked(content.read(), asked)
    for name, text in (keys or _beside(asked)).items():
        with os.fdopen(os.open(stage / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(text)


def _unlocked(content: bytes, asked: Asked) -> dict[str, str]:
    if not asked.passphrase:
        raise RuleBroken(
            "The keys in this backup are encrypted. Give the passphrase in LEADLINE_BACKUP_PASSPHRASE."
        )
    return locked.opened(content, asked.passphrase)


def _beside(asked: Asked) -> dict[str, str]:
    """The keys from the file named or beside the backup; none where the environment gives them."""
    place = asked.keys or asked.archive.with_suffix(".keys")
    if asked.keys is None and not place.exists():
        return {}
    try:
        found = json.loads(place.read_text())
        return {name: str(found[name]) for name in locked.KEY_FILES if name in found}
    except (OSError, ValueError, TypeError):
        raise RuleBroken(f"{place} can't be read as the keys of a backup.") from None


def _checked(environment: dict[str, str]) -> list[dict[str, Any]]:
    """Migrate and check it by the command itself, as whoever starts it next would."""
    given = {**os.environ, **environment}
    given = {name: value for name, value in given.items() if value or name not in environment}
    for command in (["migrate"], ["check", "--json"]):
        done = subprocess.run(
            [sys.executable, "-m", "leadline.config.cli.main", *command],
            env=given,
            capture_output=True,
            text=True,
            check=False,
        )
        if command == ["migrate"] and done.returncode:
            raise RuleBroken(f"What was restored could not be migrated: {done.stderr.strip()[-500:]}")
    try:
        checks: list[dict[str, Any]] = json.loads(done.stdout.strip().splitlines()[-1])["checks"]
    except (ValueError, IndexError, KeyError):
        raise RuleBroken(f"What was restored could not be checked: {done.stderr.strip()[-500:]}") from None
    # Nobody works there yet, so tasks wait.
    wrong = [check for check in checks if not check["ok"] and check["name"] not in ("queue", "backup")]
    if wrong:
        words = "; ".join(f"{check['name']}: {check['message']}" for check in wrong)
        raise RuleBroken(f"What was restored is not well and was not put in place: {words}")
    return checks
