"""Webhooks: who is told of which events, what was sent, and how each attempt ended (INT-3)."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.core.secrets import EncryptedTextField


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Webhooks, by who may see them and what they want."""

    def visible_to(self, user: Any) -> "WebhookQuerySet":
        """Those who manage webhooks see all that were not removed; nobody else sees one."""
        return self.filter(removed_at=None) if user.may("webhook", "manage") else self.none()

    def wanting(self, event: str) -> "WebhookQuerySet":
        """Those that are told of an event of this name now; no name chosen means all."""
        chosen = models.Q(events=[]) | models.Q(events__contains=[event])
        return self.filter(chosen, removed_at=None, paused_at=None)


@tracked(kind="webhook", leave_out=("secret", "old_secret", "version"))
class Webhook(models.Model):
    """An address that is told of chosen events, as far as `user` may see what they are about."""

    name = models.CharField(_("Name"), max_length=100)
    address = models.CharField(_("Address"), max_length=2000)
    events = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    secret = EncryptedTextField()
    old_secret = EncryptedTextField(blank=True)
    old_secret_until = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_because = models.CharField(max_length=300, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = WebhookQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One event for one webhook, until it was taken or given up. The content is made when it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Given up")
        LEFT_OUT = "left_out", _("Left out")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event_id = models.BigIntegerField()
    event_at = models.DateTimeField()
    event_name = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts_made = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "event_id"],
                name="api_delivery_once",
                violation_error_message=_("This webhook is told of this event already."),
            )
        ]
        indexes = [models.Index(fields=["webhook", "-id"], name="api_delivery_of_webhook")]

    def __str__(self) -> str:
        return f"{self.event_name} {self.event_id}"


class Attempt(models.Model):
    """One try to deliver: what came back, or why nothing did."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["delivery", "id"], name="api_attempt_of_delivery")]

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.status or self.problem}"
