"""What `leadline check` looks at; an area adds its check to CHECKS."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core import checks as django_checks
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from leadline.config import consistency
from leadline.config.backups import schedule, shelf
from leadline.config.watching import readiness
from leadline.config.watching.queue import queue_state
from leadline.core.installed import is_current
from leadline.core.postgres.binaries import NEWEST, OLDEST
from leadline.governance.verifying import verify_quickly
from leadline.platform.models import ArchivedMonth, ReplacedArchive


@dataclass(frozen=True)
class Finding:
    """What one check found, in words for the person who runs the installation."""

    name: str
    ok: bool
    message: str


def run_checks() -> list[Finding]:
    """Run every check; one that can't reach the database is a finding too."""
    findings = []
    for name, check in CHECKS.items():
        try:
            ok, message = check()
        except DatabaseError as error:
            ok, message = False, str(error).strip()
        findings.append(Finding(name, ok, message))
    connections.close_all()
    return findings


def configuration() -> tuple[bool, str]:
    """The settings and models, as the framework checks them."""
    problems = [problem for problem in django_checks.run_checks() if not problem.is_silenced()]
    serious = [problem for problem in problems if problem.is_serious()]
    return not serious, "; ".join(problem.msg for problem in problems) or "no problem found"


def database() -> tuple[bool, str]:
    """A server that answers, of a version that we support."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('server_version'), current_setting('server_encoding')")
        version, encoding = cursor.fetchone()
    known = OLDEST <= int(version.split(".")[0]) <= NEWEST
    return known and encoding == "UTF8", f"PostgreSQL {version}, encoding {encoding}"


def migrations() -> tuple[bool, str]:
    """Nothing left to migrate."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting or not is_current():
        names = ", ".join(str(migration) for migration, _backwards in waiting) or "triggers and partitions"
        return False, f"run `leadline migrate` ({names})"
    return True, "up to date"


def queue() -> tuple[bool, str]:
    """Jobs are taken up by a worker."""
    state = queue_state()
    message = f"{state.waiting} waiting, {state.running} running, {state.failed} failed"
    if state.is_stuck:
        message += f"; the oldest for {state.oldest / 60:.0f} minutes: is a worker running?"
    return not state.is_stuck, message


def audit() -> tuple[bool, str]:
    """The seals and the latest sealed entries are what they were (PPL-7)."""
    report = verify_quickly()
    found = report.broken[0].words if report.broken else ""
    words = f"{report.entries:,} latest entries are as they were sealed" if report.ok else found
    return report.ok, words


def backup() -> tuple[bool, str]:
    """The last backup; where they are made by the clock, it is not much older than a day."""
    last = shelf.last_backup()
    if last is None:
        return schedule.time_of_day() is None, "none yet: leadline backup"
    return not schedule.is_late(
        last
    ), f"{last.kind}, {shelf.age_in_words(last)}, {last.size / 1024**2:,.1f} MB"


def archives() -> tuple[bool, str]:
    """The files of archived months of events are there, as long as they were written."""
    wrong, count = [], 0
    for archive in ArchivedMonth.objects.order_by("month"):
        count += 1
        if not archive.path.exists() or archive.path.stat().st_size != archive.size:
            wrong.append(archive.file)
    if wrong:
        return False, f"missing or damaged, restore from a backup: {', '.join(wrong)}"
    waiting = ReplacedArchive.objects.count()
    more = f"; {waiting} replaced files go when no backup runs" if waiting else ""
    return True, f"{count} archived months of events{more}"


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "configuration": configuration,
    "database": database,
    "migrations": migrations,
    "disk": readiness.disk,
    "queue": queue,
    "jobs": consistency.jobs,
    "partitions": consistency.partitions,
    "assignment": consistency.assignment,
    "pulses": consistency.pulses,
    "segments": consistency.segments,
    "stays": consistency.stays,
    "usage": consistency.usage,
    "figures": consistency.figures,
    "search": consistency.search,
    "history": consistency.history,
    "ledger": consistency.ledger,
    "audit": audit,
    "archives": archives,
    "backup": backup,
}
