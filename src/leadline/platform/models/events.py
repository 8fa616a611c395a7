"""What happened on the platform, one row each, and which events came already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.people.scope import reach
from leadline.platform.kinds import KIND_CHOICES

if TYPE_CHECKING:
    from leadline.people.models import User


class AboutAPlatformUser(models.QuerySet["PlatformEvent"]):
    """Rows about users of the platform, seen by whoever sees that user."""

    def visible_to(self, user: User) -> AboutAPlatformUser:
        """Those about users of customers within reach; what is about unknown ones by those who see all."""
        within = reach(user, "platform_user", "view")
        return self.filter(
            within.q("user__customer__owner", "user__customer__team", "user__customer__territory")
        )


class PlatformEvent(models.Model):
    """One thing that happened on the platform (PLT-1). Never changed; erasing a person empties `details`.

    The table is partitioned by the month of `at`, and its key begins with the user, so that it can be
    distributed. `id` is made from the platform's own `event_id`: the same event sent again has the same key.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("When"))
    user = models.ForeignKey(
        "platform.PlatformUser", models.DO_NOTHING, related_name="events", db_constraint=False
    )
    kind = models.CharField(_("Kind"), max_length=30, choices=KIND_CHOICES)
    event_id = models.CharField(max_length=200)
    details = models.JSONField(default=dict)
    received_at = models.DateTimeField()

    objects = AboutAPlatformUser.as_manager()

    class Meta:
        managed = False  # made by migration 0002: Django can't describe a partitioned table
        db_table = "platform_platformevent"

    def __str__(self) -> str:
        return self.get_kind_display()


class SeenEvent(models.Model):
    """The digest of an event's id: sent again, it counts once (PLT-1). Forgotten after some days."""

    key = models.UUIDField(primary_key=True)
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [BrinIndex(fields=["seen_at"], name="platform_seen_at", autosummarize=True)]
