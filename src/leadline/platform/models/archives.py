"""Months of events that stand in files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.clock import now
from leadline.core.history import tracked
from leadline.core.kept import Kept

if TYPE_CHECKING:
    from leadline.people.models import User

BACK_FOR = timedelta(days=30)


class ArchivedMonthQuerySet(models.QuerySet["ArchivedMonth"]):
    """Months in files, by who may see them and where they are."""

    def visible_to(self, user: User) -> ArchivedMonthQuerySet:
        """Those who set up the platform see them."""
        return self.all() if user.is_system or user.may("platform", "manage") else self.none()

    def away(self) -> ArchivedMonthQuerySet:
        """Those whose events are in a file alone."""
        return self.filter(restored_at=None)


@tracked(kind="archived_month", leave_out=("checksum",))
class ArchivedMonth(models.Model):
    """A month of events that was written to a file (PLT-2).

    While `restored_at` is empty they are there alone. Brought back, they are in the database too, for thirty
    days. `checksum` is the sum of the rows' digests, by which file and database are compared; `sha256` is of
    the file.
    """

    month = models.DateField(_("Month"))
    file = models.CharField(max_length=60)
    rows = models.BigIntegerField(_("Events"))
    size = models.BigIntegerField(_("Bytes"))
    checksum = models.CharField(max_length=40)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    archived_at = models.DateTimeField(_("Archived"))
    restored_at = models.DateTimeField(_("Brought back"), null=True)

    objects = ArchivedMonthQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month"],
                name="platform_archived_month_once",
                violation_error_message=_("This month is archived already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def is_away(self) -> bool:
        """Whether its events are in the file alone."""
        return self.restored_at is None

    @property
    def stays_until(self) -> datetime | None:
        """Until when a month that was brought back stays."""
        return self.restored_at + BACK_FOR if self.restored_at else None

    @property
    def is_due_again(self) -> bool:
        """Whether it was brought back so long ago that it goes again."""
        return self.restored_at is not None and self.restored_at + BACK_FOR <= now()

    @property
    def path(self) -> Path:
        """Where its file is."""
        return archive_folder() / self.file


class ReplacedArchive(models.Model):
    """A file in whose place another is named: it goes once no backup runs that may name it (PLT-2, PPL-8)."""

    file = models.CharField(max_length=60, unique=True)
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file


def archive_folder() -> Path:
    """The folder of the files, outside of anything that is served; a backup takes it along."""
    return Path(settings.LEADLINE_DATA) / "files" / "events"


def months_away() -> Mapping[tuple[int, int], datetime]:
    """Year and month of those that are in files alone → when they went; kept for a few seconds."""
    return _away()


def forget_months_away() -> None:
    """Read them anew next time, after one was archived or brought back here."""
    _away.forget()


def _read_away() -> dict[tuple[int, int], datetime]:
    rows = ArchivedMonth.objects.away().values_list("month", "archived_at")
    return {(month.year, month.month): at for month, at in rows}


_away = Kept(_read_away)
