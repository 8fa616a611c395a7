"""`leadline audit`: what it prints, and how it ends."""

import json

import pytest
from django.db import connection
from typer.testing import CliRunner

from leadline.config.checks import CHECKS
from leadline.config.cli import audit
from leadline.core.events.models import EventRecord
from leadline.core.history import HistoryEntry
from leadline.governance.sealing import seal_all


@pytest.fixture
def run(monkeypatch, cast):
    """A command on the database of the test."""
    for command in (audit.verify, audit.head):
        monkeypatch.setattr(audit, command.__name__, command.__wrapped__)
    runner = CliRunner()

    def command(name, *args):
        import typer

        app = typer.Typer()
        app.command("verify")(audit.verify)
        app.command("head")(audit.head)
        return runner.invoke(app, [name, *args])

    return command


def test_the_head_is_printed_alone_and_verifies(run, make, cast, by):
    make.customer(cast.rosa)
    seal_all(by=by(cast.house), patience=5)

    head = run("head").output.strip()
    done = run("verify", "--head", head, "--json")

    assert len(head) == 64
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["head"] == head
    assert EventRecord.objects.filter(name="governance.ChainVerified").exists()
    assert CHECKS["audit"]() == (
        True,
        f"{json.loads(done.output)['entries']:,} latest entries are as they were sealed",
    )


def test_a_break_is_named_and_ends_with_one(run, make, cast, by):
    make.customer(cast.rosa)
    seal_all(by=by(cast.house), patience=5)
    entry = HistoryEntry.objects.latest("id").pk
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_history WHERE id = %s", [entry])

    done = run("verify")

    assert done.exit_code == 1
    assert done.output.startswith(f"BROKEN  removed: Entry {entry} of history is gone.")
    assert CHECKS["audit"]() == (False, f"Entry {entry} of history is gone.")


def test_a_head_that_never_was(run, make, cast, by):
    make.customer(cast.rosa)
    seal_all(by=by(cast.house), patience=5)

    done = run("verify", "--head", "ab" * 32)

    assert done.exit_code == 1
    assert "truncated" in done.output
