"""Whether this process can do its work now: asked by load balancers, in words for people (INT-7)."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from leadline.config.watching.queue import queue_state

LEAST_SPACE = 1024**3
MEGABYTES = 1024**2


@dataclass(frozen=True)
class Answer:
    """One part: well or not, why, and whether pages can be served without it."""

    name: str
    ok: bool
    message: str
    needed: bool = True


def readiness() -> list[Answer]:
    """Each part in turn. The words tell no address, no path, no version: strangers may read them."""
    return [_answer(name, needed, look) for name, needed, look in PARTS]


def is_ready(answers: list[Answer]) -> bool:
    """Whether requests may come here."""
    return all(answer.ok for answer in answers if answer.needed)


def _answer(name: str, needed: bool, look: Callable[[], tuple[bool, str]]) -> Answer:
    try:
        ok, message = look()
    except DatabaseError:
        ok, message = False, "the database does not answer"
    return Answer(name, ok, message, needed)


def database() -> tuple[bool, str]:
    """It answers and takes writes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        (follows,) = cursor.fetchone()
    return (False, "it only follows another server") if follows else (True, "answers")


def migrations() -> tuple[bool, str]:
    """Everything that this code needs was migrated; newer migrations of newer code do no harm."""
    missing = len(known_migrations() - applied_migrations())
    return not missing, f"{missing} to run: leadline migrate" if missing else "up to date"


def worker() -> tuple[bool, str]:
    """Somebody works off background jobs."""
    state = queue_state()
    if not state.has_worker:
        return False, "no worker tells that it lives: leadline worker"
    if state.is_stuck:
        return False, f"the oldest task waits for {state.oldest / 60:.0f} minutes"
    return True, f"alive, {state.waiting} waiting"


def disk() -> tuple[bool, str]:
    """There is room for files."""
    free = shutil.disk_usage(settings.LEADLINE_DATA).free
    told = f"{free // LEAST_SPACE} GB free" if free >= LEAST_SPACE else f"{free // MEGABYTES} MB free"
    return free >= LEAST_SPACE, told


PARTS: list[tuple[str, bool, Callable[[], tuple[bool, str]]]] = [
    ("database", True, database),
    ("migrations", True, migrations),
    ("disk", True, disk),
    ("worker", False, worker),
]


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations that this code brings; read once for each process."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def applied_migrations() -> frozenset[tuple[str, str]]:
    """The migrations that this database has had."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return frozenset((app, name) for app, name in cursor.fetchall())
