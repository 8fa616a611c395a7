"""Erasing persons, and what forbids it for a time (PPL-8)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.secrets import EncryptedTextField

if TYPE_CHECKING:
    from leadline.people.models import User


class PrivacyQuerySet(models.QuerySet["Erasure"]):
    """Rows about persons, for those who look after privacy."""

    def visible_to(self, user: "User") -> "PrivacyQuerySet":
        """Those who may erase see all."""
        return self if user.is_system or user.may("privacy", "erase") else self.none()


class LegalHold(models.Model):
    """While it stands, nothing about the person is erased, archived or made anonymous by a rule."""

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    reason = models.CharField(_("Reason"), max_length=300)
    until = models.DateField(_("Until"), null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = PrivacyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id"],
                condition=models.Q(lifted_at=None),
                name="governance_hold_once",
                violation_error_message=_("A legal hold stands already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


class Erasure(models.Model):
    """A person to be erased: asked for, confirmed, done. Nothing in it says who it was.

    `sought` is what the sweep still looks for in files and texts; closed, and emptied when it is through.
    `files` are those of others on which somebody decides: holder, id, whether it names the person, verdict.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("To be confirmed")
        WAITING = "waiting", _("Waits for the legal hold")
        DONE = "done", _("Erased")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    reason = models.CharField(_("Reason"), max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    swept_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    sought = EncryptedTextField(blank=True, default="")
    files = models.JSONField(default=list, db_default=[])

    objects = PrivacyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id"],
                condition=models.Q(state__in=["requested", "waiting"]),
                name="governance_erasure_once",
                violation_error_message=_("The erasure of this person was asked for already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
