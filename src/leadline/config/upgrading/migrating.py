"""The process that migrates a copy and tells each step: `python -m leadline.config.upgrading.migrating`."""

import json
import os
import sys
import time
from typing import Any

import django
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from leadline.config.upgrading.rehearsing import FAILURE, STEP

# Held at the end of a migration, on tables that others use.
_LOCKS = """
SELECT c.relname, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
 WHERE l.pid = pg_backend_pid() AND l.granted AND c.relkind IN ('r', 'p')
   AND c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%s)
   AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
"""
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
_STRENGTH = ["ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"]


class Watched(MigrationExecutor):
    """Tells of each migration how long it took and what it locked."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        """Apply one; its locks are asked for before it commits."""
        known, locks = _asked(_TABLES), dict[str, str]()
        apply, start = migration.apply, time.monotonic()

        def applied(state: ProjectState, editor: BaseDatabaseSchemaEditor, **given: Any) -> ProjectState:
            state = apply(state, editor, **given)
            for table, mode in _asked(_LOCKS, [[name for (name,) in known]]):
                if table not in locks or _STRENGTH.index(mode) > _STRENGTH.index(locks[table]):
                    locks[table] = mode
            return state

        migration.apply = applied  # type: ignore[assignment, method-assign]
        state = super().apply_migration(state, migration, fake, fake_initial)
        _tell(STEP, {"name": str(migration), "seconds": round(time.monotonic() - start, 3), "locks": locks})
        return state


def main() -> None:
    """Migrate as `leadline migrate` does; the first failure is told and ends it."""
    django.setup()
    try:
        executor = Watched(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
        _install()
    except Exception as failure:
        sys.stdout.write(f"{FAILURE}{type(failure).__name__}: {' '.join(str(failure).split())[:500]}\n")
        sys.exit(1)


def _install() -> None:
    """What stands outside of migrations: triggers, search, partitions, provided rows."""
    from leadline.config.installing import install  # noqa: PLC0415 - needs the framework to be set up

    install()


def _asked(question: str, given: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchall()


def _tell(kind: str, what: dict[str, Any]) -> None:
    sys.stdout.write(kind + json.dumps(what) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.config.settings")
    main()
