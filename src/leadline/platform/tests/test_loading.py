"""`leadline events load`: JSON lines and tables, twice as well (PLT-2)."""

import json
import os
import subprocess
import sys

import pytest

from leadline.platform.models import Payment, PlatformEvent, PlatformUser
from leadline.platform.tests.conftest import event

TABLE = """id,kind,time,user_id,user_email,amount,currency,method,reason
a1,deposit_failed,2026-03-04T09:30:00Z,u-1,ana@example.com,25.50,EUR,card,card_expired
a2,deposit,2026-03-04T09:31:00Z,u-1,,25.50,EUR,card,
a3,teleported,2026-03-04T09:31:00Z,u-1,,,,,
"""


@pytest.fixture
def load(settings, tmp_path, database_url):
    """`load(name, text)`: the command as a process of its own; gives what it printed last."""

    def run(name, text):
        (tmp_path / name).write_text(text)
        place = {"DATABASE_URL": database_url, "LEADLINE_DATA": str(settings.LEADLINE_DATA)}
        done = subprocess.run(
            [sys.executable, "-m", "leadline.config.cli.main", "events", "load", name, "--json"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **place},
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.mark.django_db(transaction=True)
def test_lines_and_tables_are_loaded_once(cast, load):
    lines = "\n".join([*(json.dumps(event()) for _ in range(1100)), "no json"])

    first, again = load("events.jsonl", lines), load("events.jsonl", lines)

    assert (first["accepted"], first["duplicates"], first["rejected"]) == (1100, 0, 1)
    assert first["errors"][0]["event"] == 1101
    assert (again["accepted"], again["duplicates"]) == (0, 1100)
    table = load("events.csv", TABLE)
    assert (table["accepted"], table["rejected"], table["errors"][0]["event"]) == (2, 1, 3)
    assert set(Payment.objects.values_list("state", "reason")) == {("failed", "expired_card"), ("done", "")}
    assert PlatformUser.objects.get().email == "ana@example.com"
    assert PlatformEvent.objects.count() == 1102
