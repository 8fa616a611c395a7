"""What was merged into what, and what its undoing needs."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges, by whether they stand."""

    def standing(self) -> "MergeQuerySet":
        """Those that were not undone."""
        return self.filter(archived_at=None)

    def touching(self, kind: str, ids: Any) -> "MergeQuerySet":
        """Those in which any of these records was merged, or survived."""
        about = models.Q(survivor_id__in=list(ids)) | models.Q(merged_ids__overlap=list(ids))
        return self.filter(about, kind=kind)


@tracked(kind="merge", leave_out=("kept", "counts"), undone_first=True)
class Merge(models.Model):
    """One merge of a change set (SIG-3). `kept` holds, for each table without history, what brings its rows
    back; `counts` how many rows of each moved. One that was undone is archived.
    """

    kind = models.CharField(max_length=30)
    survivor_id = models.BigIntegerField()
    merged_ids = ArrayField(models.BigIntegerField())
    within = ArrayField(models.BigIntegerField(), default=list)
    change_set_id = models.BigIntegerField(null=True)
    counts = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    archived_at = models.DateTimeField(_("Undone"), null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "survivor_id"], name="core_merge_survivor"),
            models.Index(fields=["change_set_id"], name="core_merge_change_set"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.survivor_id}"
