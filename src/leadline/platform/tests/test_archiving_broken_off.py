"""What is broken off on the way of a month into its file or back loses nothing (PLT-2)."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from leadline.platform.actions import ingest_events
from leadline.platform.archiving.months import into_file, out_of_file
from leadline.platform.models import ArchivedMonth
from leadline.platform.queries.archives import tally_of
from leadline.platform.tests.conftest import MAY, STRANGE, files, on

pytestmark = [pytest.mark.usefixtures("in_february"), pytest.mark.django_db(transaction=True)]

FAILS_AT_THE_END = """
CREATE FUNCTION pg_temp.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'gone'; END $$;
CREATE CONSTRAINT TRIGGER fails_at_the_end AFTER INSERT ON platform_archivedmonth
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pg_temp.fail()
"""


def test_a_file_stays_where_nobody_knows_whether_its_month_is_gone(may_passed, cast, by):
    tally = tally_of(MAY)
    with connection.cursor() as cursor:
        cursor.execute(FAILS_AT_THE_END)
        with pytest.raises(DatabaseError, match="gone"):
            into_file(MAY, by=by(cast.ada))
        cursor.execute("DROP TRIGGER fails_at_the_end ON platform_archivedmonth")

    assert len(files()) == 1
    assert tally_of(MAY) == tally


KILLED = """
import os, sys
from datetime import date, datetime, UTC
import django
django.setup()
from leadline.core.actions import Actor
from leadline.core.clock import at
from leadline.people.models import User
from leadline.platform.actions import archiving as actions
from leadline.platform.archiving import files, months
from leadline.platform.models import ArchivedMonth

def dies(module, name, *, before):
    real = getattr(module, name)
    def deadly(*given, **more):
        done = None if before else real(*given, **more)
        os.kill(os.getpid(), 9)
    setattr(module, name, deadly)

dies({module}, "{name}", before={before})
by = Actor(User.objects.house(), via="job")
with at(datetime(2031, 2, 15, tzinfo=UTC)):
    if "{deed}" == "away":
        months.into_file(date(2030, 5, 1), by=by)
    else:
        months.out_of_file(ArchivedMonth.objects.get(), by=by)
"""
POINTS = {
    "away": [
        ("months", "take_in", True),
        ("actions", "drop_month", False),
        ("months", "put_month_away", False),
    ],
    "back": [("months", "take_month_back", True), ("actions", "publish", False)],
}


@pytest.mark.parametrize("deed", POINTS)
def test_killed_at_any_step_every_event_is_there_once(deed, cast, by, settings, database_url):
    rows = [on(day, "page", f"u-{day}", note=STRANGE) for day in range(1, 29)]
    assert ingest_events(rows, by=by(cast.ada)).accepted == len(rows)
    tally = tally_of(MAY)
    for module, name, before in POINTS[deed]:
        if deed == "back" and not ArchivedMonth.objects.away().exists():
            into_file(MAY, by=by(cast.ada))

        _kill(KILLED.format(module=module, name=name, before=before, deed=deed), settings, database_url)

        _is_whole(tally, f"{deed}: killed at {name}")
        archive = ArchivedMonth.objects.filter(month=MAY).first()
        if deed == "away":
            if archive is None or not archive.is_away:
                archive = into_file(MAY, by=by(cast.ada))
            _is_whole(tally, f"{deed}: done again after {name}")
        elif archive.is_away:
            out_of_file(archive, by=by(cast.ada))
        if not ArchivedMonth.objects.get().is_away:
            assert tally_of(MAY) == tally
        else:
            out_of_file(ArchivedMonth.objects.get(), by=by(cast.ada))
            assert tally_of(MAY) == tally


def _kill(script: str, settings, database_url: str) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "LEADLINE_DATA": str(settings.LEADLINE_DATA),
        "DJANGO_SETTINGS_MODULE": "leadline.config.settings",
    }
    run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=False)
    assert run.returncode == -signal.SIGKILL, run.stderr.decode()


def _is_whole(tally, when: str) -> None:
    """All rows are in the database, or the file that is named holds them."""
    archive = ArchivedMonth.objects.filter(month=MAY).first()
    if archive and archive.is_away:
        assert (archive.rows, archive.checksum) == tally, when
        assert Path(archive.path).exists(), when
        assert tally_of(MAY).rows == 0, when
    else:
        assert tally_of(MAY) == tally, when
