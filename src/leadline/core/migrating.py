"""Bring the database to what the code expects: tables, history triggers, partitions."""

import time
from collections.abc import Callable

from django.core.management import call_command
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from leadline.core import history, search
from leadline.core.events.following import count_transactions_anew
from leadline.core.installed import fingerprint
from leadline.core.metrics.rollups.keeping import make_ready
from leadline.core.partitions import ensure_partitions

_LOCK = "leadline.migrate"
# A migration that waits for a table makes everybody else wait behind it: it gives up soon and tries again.
LONGEST_WAIT, TRIES, PAUSE = "5s", 10, 3.0


def migrate(verbosity: int = 0, provide: Callable[[], object] = lambda: None) -> None:
    """Migrate the database; safe to repeat, and safe when several machines start at once (INT-7).

    `provide` brings the rows that the apps above come with; it runs last.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtext(%s))", [_LOCK])
        try:
            _migrate_without_holding_up(verbosity)
            history.install()
            search.install()
            ensure_partitions()
            make_ready()
            count_transactions_anew()
            provide()
            _remember(fingerprint())
        finally:
            cursor.execute("select pg_advisory_unlock(hashtext(%s))", [_LOCK])


def _migrate_without_holding_up(verbosity: int) -> None:
    """Run the migrations; one that finds a table in use steps back and comes again (INT-7)."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('lock_timeout', %s, false)", [LONGEST_WAIT])
        try:
            for turn in range(1, TRIES + 1):
                try:
                    call_command("migrate", interactive=False, verbosity=verbosity)
                    return
                except OperationalError as error:
                    if turn == TRIES or not isinstance(error.__cause__, LockNotAvailable):
                        raise
                    time.sleep(PAUSE)
        finally:
            cursor.execute("reset lock_timeout")


def _remember(current: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "create table if not exists leadline_installed ("
            " sole boolean primary key default true check (sole),"
            " fingerprint text not null, at timestamptz not null)"
        )
        cursor.execute(
            "insert into leadline_installed (fingerprint, at) values (%s, now())"
            " on conflict (sole) do update set fingerprint = excluded.fingerprint, at = excluded.at",
            [current],
        )
