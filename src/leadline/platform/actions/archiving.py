"""A month of events goes from the database into its file, or comes back (PLT-2).

Files are written and read outside; here it is compared, under a lock, that file and database say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, lock_all, require
from leadline.core.backing_up import no_backup_runs
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.jobs import Job, start_job
from leadline.core.partitions import bounds_of, drop_month, partition_of
from leadline.core.refusals import RuleBroken
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform.events import ArchivedEventsTaken, EventsArchived, EventsBroughtBack
from leadline.platform.models import ArchivedMonth, ReplacedArchive, archive_folder, forget_months_away
from leadline.platform.models.rules import LEAST_KEPT
from leadline.platform.policies import may_manage_platform, may_take_archives
from leadline.platform.queries.archives import TABLE, Tally, may_be_archived, tally_exists, tally_of

ARCHIVE, BRING_BACK = "platform.archive", "platform.bring_back"
# Whoever asks the table meanwhile waits behind this, so it gives up soon and is tried again.
_WAIT = "SET LOCAL lock_timeout = '900ms'"
_INCOMING = """
CREATE TEMPORARY TABLE incoming_events (id bigint, at bigint, user_id bigint, kind text, event_id text,
                                        details jsonb, received_at bigint) ON COMMIT DROP
"""
_MOMENT = "'epoch'::timestamptz + {} * interval '1 microsecond'"
_BRING = f"""
INSERT INTO {TABLE} (id, at, user_id, kind, event_id, details, received_at)
SELECT id, {_MOMENT.format("at")}, user_id, kind, event_id, details, {_MOMENT.format("received_at")}
  FROM incoming_events ON CONFLICT DO NOTHING
"""
# Who was erased while the month was away is erased in it too (PPL-8).
_WITHOUT_ERASED = f"""
UPDATE {TABLE} SET details = '{{}}', event_id = ''
 WHERE at >= %s AND at < %s AND (details <> '{{}}' OR event_id <> '')
   AND user_id IN (SELECT id FROM platform_platformuser WHERE erased_at IS NOT NULL)
"""


@dataclass(frozen=True)
class Written:
    """A file of a month that was written and read back."""

    file: str
    size: int
    sha256: str
    tally: Tally


class Changed(RuleBroken):
    """The month is another than when its file was written, or somebody is at it; it is tried again."""


@action
def archive_month(month: date, *, by: Actor) -> Job:
    """Ask for a month to be written to a file and taken out of the database, as a job.

    While one of these jobs is unfinished, it is that one. Raises `RuleBroken` for a month that is too young,
    or of which nothing is here.
    """
    require_archivable(month, by=by)
    return _started(ARCHIVE, _("Archive events of %(month)s"), month, {"months": [f"{month:%Y-%m}"]}, by)


@action
def bring_month_back(archive: ArchivedMonth, *, by: Actor) -> Job:
    """Ask for an archived month to be brought back into the database for thirty days, as a job."""
    require(may_manage_platform(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    if not archive.is_away:
        raise RuleBroken(_("This month is here already."), field="month", value=str(archive))
    given = {"archive": archive.pk}
    return _started(BRING_BACK, _("Bring back events of %(month)s"), archive.month, given, by)


@action
def put_month_away(month: date, written: Written, *, by: Actor) -> ArchivedMonth:
    """Take a month out of the database whose file is written: what is dropped is what the file holds.

    Raises `Changed` where it is not, or where somebody is at work on the table.
    """
    require(may_manage_platform(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_WAIT)
            cursor.execute(f"LOCK TABLE {partition_of(TABLE, month)} IN SHARE MODE")
            if tally_of(month) != written.tally:
                raise Changed(
                    _("Events came or were erased meanwhile."), field="month", value=f"{month:%Y-%m}"
                )
            drop_month(TABLE, month)
    except OperationalError as busy:
        raise Changed(_("Somebody is at work on these events."), field="month") from busy
    values = {
        "file": written.file,
        "rows": written.tally.rows,
        "size": written.size,
        "checksum": written.tally.checksum,
        "sha256": written.sha256,
        "archived_at": now(),
        "restored_at": None,
    }
    for before in ArchivedMonth.objects.filter(month=month).select_for_update():
        _replaced(before.file)
    archive, _made = ArchivedMonth.objects.update_or_create(month=month, defaults=values)
    _follow(archive)
    told = EventsArchived(month=f"{month:%Y-%m}", events=archive.rows, size=archive.size)
    publish(told, by=by, about=[Subject("archived_month", archive.pk)])
    return archive


@action
def take_month_back(archive: ArchivedMonth, rows: Iterable[bytes], *, by: Actor) -> ArchivedMonth:
    """Write the rows of a file into the database again; what is there already stays.

    Raises `RuleBroken` when the rows are not those of the file.
    """
    require(may_manage_platform(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    archive = lock(archive)
    if not archive.is_away:
        return archive
    with connection.cursor() as cursor:
        cursor.execute(_INCOMING)
        with cursor.copy("COPY incoming_events FROM STDIN (FORMAT csv, NULL '\\N')") as copy:
            for piece in rows:
                copy.write(piece)
        cursor.execute("SELECT count(*) FROM incoming_events")
        if cursor.fetchone()[0] != archive.rows:
            raise RuleBroken(_("The file does not hold the events that were written to it."), field="month")
        cursor.execute(_BRING)
        cursor.execute(_WITHOUT_ERASED, bounds_of(archive.month))
        cursor.execute("DROP TABLE incoming_events")
    archive.restored_at = now()
    archive.save(update_fields=["restored_at"])
    _follow(archive)
    told = EventsBroughtBack(month=str(archive), events=archive.rows)
    publish(told, by=by, about=[Subject("archived_month", archive.pk)])
    return archive


@action
def replace_archive(archive: ArchivedMonth, written: Written, *, by: Actor) -> ArchivedMonth:
    """Name another file, from which somebody was erased.

    Raises `Changed` where the month has another file by now than the one that was read for it.
    """
    read = archive.file
    archive = lock(archive)
    if archive.file != read:
        raise Changed(_("Events came or were erased meanwhile."), field="month", value=str(archive))
    _replaced(archive.file)
    archive.file, archive.size, archive.sha256 = written.file, written.size, written.sha256
    archive.checksum = written.tally.checksum
    archive.save(update_fields=["file", "size", "sha256", "checksum"])
    return archive


@action
def remove_replaced(*, by: Actor) -> int:
    """Remove the files in whose place others are named; returns how many stay, as a backup runs.

    Its snapshot may be older and name them. They are gone at once where none runs (PLT-2, PPL-8).
    """
    if not no_backup_runs():
        return ReplacedArchive.objects.count()
    replaced = lock_all(ReplacedArchive.objects.all())
    for one in replaced:
        (archive_folder() / one.file).unlink(missing_ok=True)
    ReplacedArchive.objects.filter(pk__in=[one.pk for one in replaced]).delete()
    return 0


@action
def note_archive_taken(archive: ArchivedMonth, *, by: Actor) -> ArchivedMonth:
    """Somebody takes the file out of the house: it stands in the ledger, before the first byte goes."""
    require(may_take_archives(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    told = ArchivedEventsTaken(month=str(archive), events=archive.rows)
    publish(told, by=by, about=[Subject("archived_month", archive.pk)])
    return archive


def require_archivable(month: date, *, by: Actor) -> None:
    """Raises `NotAllowed`, and `RuleBroken` for a month that stays, or of which nothing is here."""
    require(may_manage_platform(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    shown = f"{month:%Y-%m}"
    if not may_be_archived(month):
        message = _("The last %(count)s months stay; name an older one, such as 2030-12.")
        raise RuleBroken(message % {"count": LEAST_KEPT}, field="month", value=shown)
    if not tally_exists(month):
        raise RuleBroken(_("No events of this month are here."), field="month", value=shown)


def month_named(written: str) -> date:
    """The month of a text such as 2030-12. Raises `RuleBroken`."""
    try:
        return datetime.strptime(written.strip(), "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        raise RuleBroken(_("Give a month such as 2030-12."), field="month", value=written[:40]) from None


def _started(kind: str, title: str, month: date, params: Mapping[str, Any], by: Actor) -> Job:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('platform.archive'))")
    at_work = Job.objects.unfinished().filter(kind__in=(ARCHIVE, BRING_BACK)).first()
    return at_work or start_job(kind, title=title % {"month": f"{month:%Y-%m}"}, params=dict(params), by=by)


def _replaced(file: str) -> None:
    ReplacedArchive.objects.create(file=file, replaced_at=now())


def _follow(archive: ArchivedMonth) -> None:
    forget_months_away()
    transaction.on_commit(forget_months_away)
