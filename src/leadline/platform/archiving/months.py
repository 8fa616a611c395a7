"""A month becomes a file, and a file a month again. After a crash nothing is lost: do it again."""

from __future__ import annotations

import shutil
import time
from datetime import date
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.partitions import bounds_of, ensure_month
from leadline.core.refusals import RuleBroken
from leadline.platform.actions.archiving import (
    Changed,
    Written,
    put_month_away,
    remove_replaced,
    take_month_back,
)
from leadline.platform.archiving.files import pieces_of, remove, scratch, sha256_of, take_in
from leadline.platform.archiving.parquet import parquet
from leadline.platform.models import ArchivedMonth
from leadline.platform.queries.archives import TABLE, Tally

TRIES, PAUSE = 5, 2.0
_ROWS = f"""
COPY (SELECT id, (extract(epoch FROM at) * 1000000)::bigint, user_id, kind, event_id, details::text,
             (extract(epoch FROM received_at) * 1000000)::bigint
        FROM {TABLE} WHERE at >= %s AND at < %s) TO STDOUT (FORMAT csv, NULL '\\N')
"""


def into_file(month: date, *, by: Actor) -> ArchivedMonth:
    """Write a month to a file, read it back, and take it out of the database.

    Where its events are in a file already and others came late, these come back first: the file then holds
    all. Raises `RuleBroken` where that fails; the events then are where they were. Where the connection is
    lost as it ends, nobody knows whether they are: the file stays, and goes as a stray if no month names it.
    """
    before = ArchivedMonth.objects.filter(month=month).first()
    if before and before.is_away:
        before = out_of_file(before, by=by)
    ensure_month(TABLE, month)
    for last in (*[False] * (TRIES - 1), True):
        written = write_month(month)
        try:
            archive = put_month_away(month, written, by=by)
            break
        except Changed:
            remove(written.file)
            if last:
                raise
            time.sleep(PAUSE)
    remove_replaced(by=by)
    return archive


def out_of_file(archive: ArchivedMonth, *, by: Actor) -> ArchivedMonth:
    """Bring a month back into the database; its file stays."""
    if not archive.path.exists() or sha256_of(archive.path) != archive.sha256:
        message = _("The file of %(month)s is missing or damaged; restore it from a backup: %(file)s")
        raise RuleBroken(message % {"month": archive, "file": archive.file}, field="month")
    with scratch() as place:
        parquet("rows", scratch=place, file=archive.path, to=place / "rows.csv")
        ensure_month(TABLE, archive.month)
        return take_month_back(archive, pieces_of(place / "rows.csv"), by=by)


def write_month(month: date) -> Written:
    """Write a month to a file and read it back; raises `RuleBroken` when that is not what was written."""
    with scratch() as place:
        _require_room(month, place)
        _copy_out(month, place / "rows.csv")
        parquet("write", scratch=place, csv=place / "rows.csv", to=place / "month.parquet")
        return kept(place / "month.parquet", month, place)


def kept(path: Path, month: date, place: Path) -> Written:
    """A finished file, read back and put among the others."""
    tally = Tally(*parquet("tally", scratch=place, file=path))
    size, digest = path.stat().st_size, sha256_of(path)
    return Written(take_in(path, month), size, digest, tally)


def _copy_out(month: date, to: Path) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(_ROWS, bounds_of(month)) as copy,
        to.open("wb") as file,
    ):
        for piece in copy:
            file.write(piece)


def _require_room(month: date, place: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size(%s::regclass)", [f"{TABLE}_{month:%Y_%m}"])
        needed = cursor.fetchone()[0] * 2
    if shutil.disk_usage(place).free < needed:
        raise RuleBroken(_("There is not enough room on the disk to write this month."), field="month")
