"""An invitation to work here."""

from typing import Any

from django.conf import settings
from django.db import models

from leadline.core.clock import now


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, as administrators see them."""

    def visible_to(self, user: Any) -> "InvitationQuerySet":
        """Who manages people sees all of them."""
        return self if user.is_authenticated and user.may("user", "manage") else self.none()

    def waiting(self) -> "InvitationQuerySet":
        """Neither accepted nor withdrawn; the link may have run out."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """Somebody may come in with these roles, by a link of which only the digest is kept (PPL-6)."""

    email = models.EmailField(max_length=254)
    role_keys = models.JSONField(default=list)
    team = models.ForeignKey("people.Team", models.SET_NULL, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        db_table = "people_invitation"

    def __str__(self) -> str:
        return self.email

    @property
    def is_expired(self) -> bool:
        """Whether the link no longer opens."""
        return self.expires_at <= now()
