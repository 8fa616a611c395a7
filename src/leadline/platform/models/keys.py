"""Keys with which the platform signs what it sends."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.core.kept import Kept
from leadline.core.secrets import EncryptedTextField


class IngestKeyQuerySet(models.QuerySet["IngestKey"]):
    """Keys, by who may see them and whether they still hold."""

    def visible_to(self, user: Any) -> IngestKeyQuerySet:
        """Those who set up the platform see them; nobody else sees one."""
        return self.all() if user.is_system or user.may("platform", "manage") else self.none()

    def in_force(self) -> IngestKeyQuerySet:
        """Those that were not revoked."""
        return self.filter(revoked_at=None)


@tracked(kind="ingest_key", leave_out=("secret", "old_secret", "version", "created_at", "last_used_at"))
class IngestKey(models.Model):
    """A secret that the platform and Leadline share; who has it may send events (PLT-2).

    After it was renewed, the old secret holds for a day more (`old_secret_until`).
    """

    name = models.CharField(_("Name"), max_length=100)
    secret = EncryptedTextField()
    old_secret = EncryptedTextField(blank=True, default="")
    old_secret_until = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    renewed_at = models.DateTimeField(_("Renewed"), null=True)
    revoked_at = models.DateTimeField(_("Revoked"), null=True)
    last_used_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = IngestKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_revoked(self) -> bool:
        """Whether nothing is taken by it any more."""
        return self.revoked_at is not None


def ingest_keys() -> list[IngestKey]:
    """The keys in force, kept for a few seconds in this process: platforms send often."""
    return _kept()


def forget_ingest_keys() -> None:
    """Read the keys anew next time, after one was changed here."""
    _kept.forget()


_kept = Kept(lambda: list(IngestKey.objects.in_force()))
