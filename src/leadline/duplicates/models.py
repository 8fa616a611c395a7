"""Pairs that a scan found, what people said of them, and how the scans went."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from leadline.people.models import User


SCAN = "duplicates.scan"  # the kind of its job


class Pair(models.Model):
    """Two records that may be one: the score in percent, and the reasons as [sign, likeness].

    Pairs that hang together share a `group_id`, the least record of them. One put off for later shows last.
    Both sides are asked for their own scope when a pair is shown (`queries`).
    """

    kind = models.CharField(max_length=20)
    low_id = models.BigIntegerField()
    high_id = models.BigIntegerField()
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    signs = models.CharField(max_length=100, default="")
    group_id = models.BigIntegerField()
    scan_id = models.BigIntegerField()
    later_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "low_id", "high_id"],
                name="duplicates_pair_once",
                violation_error_message=_("This pair is listed already."),
            )
        ]
        indexes = [
            models.Index(  # as the page shows them (`queries._ORDER`)
                F("kind"),
                IsNull(F("later_at"), False),
                F("score").desc(),
                F("id"),
                name="duplicates_pair_order",
            ),
            models.Index(fields=["kind", "high_id"], name="duplicates_pair_high"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.low_id} {self.high_id}"


class DismissalQuerySet(models.QuerySet["Dismissal"]):
    """What people said."""

    def standing(self) -> "DismissalQuerySet":
        """Not taken back."""
        return self.filter(taken_back_at=None)


class Dismissal(models.Model):
    """Somebody said that two records are not one; it outlives scans and rules until it is taken back."""

    kind = models.CharField(max_length=20)
    low_id = models.BigIntegerField()
    high_id = models.BigIntegerField()
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    objects = DismissalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "low_id", "high_id"],
                condition=models.Q(taken_back_at=None),
                name="duplicates_dismissal_once",
                violation_error_message=_("Somebody said already that these are not duplicates."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.low_id} {self.high_id}"


class ScanQuerySet(models.QuerySet["Scan"]):
    """Scans, told to whoever sees customers."""

    def visible_to(self, user: "User") -> "ScanQuerySet":
        """Counts only, no record: everybody who sees customers."""
        return self if user.is_system or user.may("customer", "view") else self.none()


class Scan(models.Model):
    """One look over the records of a kind: all of them, or those changed since the scan before.

    `cut` counts keys that too many records share: of these only neighbours by name were compared. The
    history up to `settled` is seen; None where nobody knows, and the next scan looks at all.
    """

    kind = models.CharField(max_length=20)
    is_full = models.BooleanField(default=True)
    job = models.ForeignKey("core.Job", models.SET_NULL, null=True, related_name="+")
    records = models.PositiveIntegerField(default=0)
    compared = models.PositiveBigIntegerField(default=0)
    pairs = models.PositiveIntegerField(default=0)
    cut = models.PositiveIntegerField(default=0)
    settled = models.BigIntegerField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "-id"], name="duplicates_scan_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at}"
