"""Persons in archived months: what is told of them, and erasing it (PPL-8)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction

from leadline.core.actions import Actor
from leadline.core.backing_up import no_backup_runs
from leadline.core.privacy import Person
from leadline.core.privacy.holders import NotYet
from leadline.people.models import User
from leadline.platform.actions.archiving import Changed, remove_replaced, replace_archive
from leadline.platform.archiving.files import remove, scratch
from leadline.platform.archiving.months import kept
from leadline.platform.archiving.parquet import parquet
from leadline.platform.models import ArchivedMonth, PlatformUser, ReplacedArchive


def told_in_archives(user_ids: Iterable[int]) -> list[dict[str, Any]]:
    """What the files tell of users, month by month."""
    ids, found = sorted(user_ids), []
    for archive in ArchivedMonth.objects.away().order_by("month") if ids else ():
        with scratch() as place:
            rows = parquet("of_users", scratch=place, file=archive.path, users=ids)
        found += [{"month": str(archive), "at": at, "kind": kind, "details": told} for at, kind, told in rows]
    return found


def sweep_archives(person: Person) -> dict[str, int]:
    """Empty what the files tell of whoever was erased: all of them, as files come back from backups.

    Raises `NotYet` while a backup runs that may still read a file in which the person stands: the erasure is
    through when that is gone.
    """
    gone = sorted(PlatformUser.objects.exclude(erased_at=None).values_list("pk", flat=True))
    by = Actor(User.objects.house(), via="job", trace="platform.sweep_archives")
    archives = [one for one in ArchivedMonth.objects.order_by("month") if one.path.exists()] if gone else []
    counts = {"archived_events": 0}
    for archive in archives:
        try:
            counts["archived_events"] += _without(archive, gone, by)
        except Changed:
            raise NotYet(counts) from None
    if ReplacedArchive.objects.exists():
        if not no_backup_runs():
            raise NotYet(counts)
        transaction.on_commit(partial(remove_replaced, by=by))
    return counts


def _without(archive: ArchivedMonth, gone: list[int], by: Actor) -> int:
    """Another file in the place of one that tells of them; raises `Changed` where it is another by now."""
    with scratch() as place:
        path = place / "month.parquet"
        count: int = parquet("empty", scratch=place, file=archive.path, to=path, users=gone)
        if count:
            written = kept(path, archive.month, place)
            try:
                with transaction.atomic():
                    replace_archive(archive, written, by=by)
            except Changed:
                remove(written.file)
                raise
    return count
