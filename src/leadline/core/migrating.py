"""Bring the database to what the code expects: tables, history triggers, partitions."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection

from leadline.core import history, search
from leadline.core.events.following import count_transactions_anew
from leadline.core.installed import fingerprint
from leadline.core.partitions import ensure_partitions

_LOCK = "leadline.migrate"


def migrate(verbosity: int = 0, provide: Callable[[], object] = lambda: None) -> None:
    """Migrate the database; safe to repeat, and safe when several machines start at once (INT-7).

    `provide` brings the rows that the apps above come with; it runs last.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtext(%s))", [_LOCK])
        try:
            call_command("migrate", interactive=False, verbosity=verbosity)
            history.install()
            search.install()
            ensure_partitions()
            count_transactions_anew()
            provide()
            _remember(fingerprint())
        finally:
            cursor.execute("select pg_advisory_unlock(hashtext(%s))", [_LOCK])


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
