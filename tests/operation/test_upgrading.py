"""An upgrade is rehearsed on a copy: what a migration would lose is told before it is lost (SIG-11)."""

import os
from pathlib import Path

import pytest

from leadline.config.tallying import Tally
from leadline.config.upgrading.comparing import compare
from leadline.config.upgrading.report import Report
from leadline.core.postgres import Server
from tests.operation.running import leadline, told

ROOT = Path(__file__).parents[2]
NEXT_RELEASE = {
    "DJANGO_SETTINGS_MODULE": "tests.operation.breaking.settings",
    "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
}


def test_a_migration_that_loses_rows_is_told_and_the_live_data_is_untouched(filled: Path):
    contacts = counted(filled)

    rehearsed = leadline("upgrade", "--rehearse", **NEXT_RELEASE)
    refused = leadline("upgrade", "--json", **NEXT_RELEASE)

    assert (rehearsed.returncode, refused.returncode) == (1, 1), rehearsed.stderr
    assert "WRONG  customers_contact: rows" in rehearsed.stdout
    assert "WRONG  customers_customer: sum of version" in rehearsed.stdout
    assert "note   people_team: rows" in rehearsed.stdout
    assert "nobody else uses customers_customer meanwhile" in rehearsed.stdout or (
        "breaking.0002_loses_contacts" in rehearsed.stdout
    )
    assert "Do not upgrade yet" in rehearsed.stdout
    assert counted(filled) == contacts
    assert not list(filled.glob("rehearsal-*"))


def test_an_upgrade_without_harm_keeps_a_way_back(filled: Path):
    with Server(filled).connect() as connection:
        connection.execute("UPDATE leadline_installed SET fingerprint = 'of the version before'")

    done = told(leadline("upgrade", "--json"))

    assert done["ok"]
    assert done["differences"] == []
    assert done["rows"] > 100
    assert Path(done["backup"]).exists()
    again = told(leadline("upgrade", "--rehearse", "--json"))
    assert again["steps"] == []
    assert again["backup"] is None


def test_on_a_server_the_copy_is_another_database_and_is_gone_afterwards(filled: Path):
    server = Server(filled)
    given = {"DATABASE_URL": f"postgresql://leadline@/leadline?host={server.socket}&port=5432"}

    rehearsed = leadline("upgrade", "--rehearse", **given, **NEXT_RELEASE)

    assert rehearsed.returncode == 1, rehearsed.stderr
    assert "WRONG  customers_contact: rows" in rehearsed.stdout
    with server.connect("postgres") as connection:
        names = [name for (name,) in connection.execute("SELECT datname FROM pg_database")]
    assert "leadline" in names
    assert "leadline_rehearsal" not in names


@pytest.mark.parametrize(
    ("before", "after", "ok"),
    [
        (Tally(3, sums={"amount": "10.5"}), Tally(3, sums={"amount": "10.5"}), True),
        (Tally(3, sums={"amount": "10.5"}), Tally(3, sums={"amount": "10.4"}), False),
        (Tally(3), Tally(2), False),
        (Tally(3), Tally(4), True),
        (Tally(3, sums={"amount": "1"}), Tally(3), False),
        (Tally(3, sums={"amount": "0"}), Tally(3), True),
        (Tally(3, sums={"version": "7"}), Tally(3, sums={"version": "10"}), True),  # edited by the migration
        (Tally(3, sums={"version": "10"}), Tally(3, sums={"version": "7"}), False),
        (Tally(3), None, False),
        (Tally(0), None, True),
    ],
)
def test_what_counts_as_harm(before, after, ok):
    found = compare({"deals": before}, {"deals": after} if after else {})

    assert Report([], found, 1, before.rows, 0.1, 0.1).ok is ok


def counted(data: Path) -> int:
    """The contacts of the live data."""
    with Server(data).connect() as connection:
        return connection.execute("SELECT count(*) FROM customers_contact").fetchone()[0]
