"""A backup, and files of archived months that are replaced meanwhile: what it names is in it (INT-7)."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leadline.core.postgres import Server
from tests.operation.running import leadline, told
from tests.operation.test_backups import PASSPHRASE, elsewhere

__all__ = ["elsewhere"]
THEN = datetime.now(UTC) - timedelta(days=400)
# Erased when the snapshot stands: what a worker does while another makes the backup.
ERASED_MEANWHILE = """
import sys
import django
django.setup()
import json
from pathlib import Path
from leadline.config.backups.making import make_backup
from leadline.core.actions import Actor
from leadline.core.privacy import Person
from leadline.core.privacy.holders import NotYet
from leadline.people.models import User
from leadline.platform.actions import erase_from_platform
from leadline.platform.actions.archiving import remove_replaced
from leadline.platform.archiving.erasing import sweep_archives
from leadline.platform.models import ArchivedMonth, PlatformUser

kind, to = sys.argv[1:]
by = Actor(User.objects.house(), via="job")
before = ArchivedMonth.objects.get()
seen = {"before": before.file}

def erase(written):
    if "now" in seen:
        return
    user = PlatformUser.objects.get(external_id="u-old")
    person = Person("lead", 1, "", (), {"platform_user": (user.pk,)}, ())
    erase_from_platform(person, by=by)
    try:
        sweep_archives(person)
    except NotYet as waiting:
        seen["erased"] = waiting.counts["archived_events"]
    seen["waits"] = remove_replaced(by=by)
    seen["stays"] = before.path.exists()
    seen["now"] = ArchivedMonth.objects.get().file

made = make_backup(Path(to), kind=kind, told=erase)
seen["waits_after"] = remove_replaced(by=by)
seen["stays_after"] = before.path.exists()
print(json.dumps({**seen, "archive": str(made.path)}))
"""


@pytest.fixture
def archived(filled: Path) -> dict:
    """A month of somebody's events, in a file."""
    events = filled / "old.jsonl"
    lines = [
        {"id": f"old-{nth}", "kind": "page", "time": THEN.isoformat(), "user": {"id": user}, "page": "/nets"}
        for nth, user in enumerate(["u-old", "u-old", "u-other"])
    ]
    events.write_text("\n".join(map(json.dumps, lines)))
    assert told(leadline("events", "load", str(events), "--json"))["accepted"] == 3
    return told(leadline("events", "archive", f"{THEN:%Y-%m}", "--json"))


@pytest.mark.parametrize("kind", ["dump", "base"])
def test_who_is_erased_while_a_backup_runs_takes_no_file_from_it(
    kind: str, archived: dict, filled: Path, elsewhere: Path
):
    run = subprocess.run(
        [sys.executable, "-c", ERASED_MEANWHILE, kind, str(filled / "kept")],
        env={**os.environ, **PASSPHRASE, "DJANGO_SETTINGS_MODULE": "leadline.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    seen = told(run)

    assert (seen["erased"], seen["waits"], seen["stays"]) == (2, 1, True), "it stays for the backup"
    assert (seen["waits_after"], seen["stays_after"]) == (0, False), "it goes when that has ended"
    assert seen["before"] != seen["now"]
    restored = told(leadline("restore", seen["archive"], "--json", data=elsewhere, **PASSPHRASE))
    assert all(check["ok"] for check in restored["checks"] if check["name"] != "queue")
    back = told(leadline("events", "restore", f"{THEN:%Y-%m}", "--json", data=elsewhere))
    assert back["events"] == archived["events"]
    if kind == "dump":
        assert Path(back["file"]).name == seen["before"]


def test_what_was_replaced_before_a_backup_is_not_in_it_and_goes_from_one_that_is_restored(
    archived: dict, filled: Path, elsewhere: Path
):
    left = Path(archived["file"]).with_name("2001-01-left.parquet")
    left.write_bytes(b"an erased person")
    with Server(filled).connect() as connection:
        connection.execute(
            "INSERT INTO platform_replacedarchive (file, replaced_at) VALUES (%s, now())", [left.name]
        )

    made = told(leadline("backup", str(filled / "kept"), "--json", **PASSPHRASE))
    told(leadline("restore", made["file"], "--json", data=elsewhere, **PASSPHRASE))

    folder = elsewhere / left.relative_to(filled).parent
    assert [path.name for path in folder.glob("*.parquet")] == [Path(archived["file"]).name]
