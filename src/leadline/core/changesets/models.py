"""A change set: many changes that belong together and can be undone together."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeSetQuerySet(models.QuerySet["ChangeSet"]):
    """Change sets, by who may see them."""

    def visible_to(self, user: Any) -> "ChangeSetQuerySet":
        """One's own; who may see all jobs sees all."""
        return self if user.may("job", "view") else self.filter(created_by=user)


class ChangeSet(models.Model):
    """What an import, a bulk change, a merge or a rule did; its rows are in the history (SIG-3).

    An undoing is a change set too and names what it undoes. `kept` samples the rows that an undoing left
    as they were, because somebody edited them since.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped half-way")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    kind = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    counts = models.JSONField(default=dict)
    kept = models.JSONField(default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undoing")

    objects = ChangeSetQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["created_by", "-id"], name="core_changeset_creator")]

    def __str__(self) -> str:
        return self.title
