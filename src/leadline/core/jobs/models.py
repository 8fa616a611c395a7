"""A job: long work, how far it is, and what came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, by who may see them."""

    def visible_to(self, user: Any) -> "JobQuerySet":
        """One's own; who may see all jobs sees all."""
        return self if user.may("job", "view") else self.filter(created_by=user)

    def unfinished(self) -> "JobQuerySet":
        """Waiting or running."""
        return self.filter(state__in=Job.UNFINISHED)


class Job(models.Model):
    """Long work with its progress (ALL-8).

    `cursor` is where the next portion starts and is written with the portion itself; `portions` counts them
    and rises by one with each, so that of two workers on one job only one can write. `files` holds for each
    file the length that belongs to the finished portions. `trace` is what asked for it (`request:6f0c…`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    UNFINISHED = (State.WAITING, State.RUNNING)

    kind = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    total = models.BigIntegerField(null=True, blank=True)
    done = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    cursor = models.JSONField(null=True, blank=True)
    portions = models.PositiveIntegerField(default=0)
    files = models.JSONField(default=dict)
    message = models.TextField(blank=True, default="")
    traceback_id = models.CharField(max_length=32, blank=True, default="")
    result_file = models.CharField(max_length=200, blank=True, default="")
    via = models.CharField(max_length=10, default="job")
    trace = models.CharField(max_length=200, blank=True, default="", db_default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    change_set = models.ForeignKey(
        "core.ChangeSet", models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["created_by", "-id"], name="core_job_creator"),
            models.Index(
                fields=["state"],
                name="core_job_unfinished",
                condition=models.Q(state__in=["waiting", "running"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.state not in self.UNFINISHED
