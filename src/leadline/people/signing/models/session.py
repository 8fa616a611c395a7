"""A session: one browser in which somebody signed in."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leadline.core.clock import now


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions, each its holder's own."""

    def visible_to(self, user: Any) -> "SessionQuerySet":
        """One's own sessions, nobody else's."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def open(self) -> "SessionQuerySet":
        """Those that still let somebody in."""
        moment = now()
        return self.filter(
            Q(ended_at=None), epoch=F("user__session_epoch"), idle_until__gt=moment, ends_at__gt=moment
        )


class Session(models.Model):
    """One browser in which somebody signed in, until it ends (PPL-6).

    Only the digest of its key is kept. `factor_at` is when a second factor was shown, `confirmed_at` when the
    person last proved to be there, `viewing_as` as whom an administrator looks at the pages (PPL-9).
    """

    class Way(models.TextChoices):
        PASSWORD = "password", _("password")
        PASSKEY = "passkey", _("passkey")
        SINGLE_SIGN_ON = "single_sign_on", _("single sign-on")
        LINK = "link", _("link by e-mail")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions")
    digest = models.CharField(max_length=64, unique=True)
    epoch = models.PositiveIntegerField()
    way = models.CharField(max_length=20, choices=Way)
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=300, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    idle_until = models.DateTimeField()
    ends_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()
    factor_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    viewing_as = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")

    objects = SessionQuerySet.as_manager()

    class Meta:
        db_table = "people_session"
        indexes = [models.Index(fields=["user", "-began_at"], name="people_session_of_user")]

    def __str__(self) -> str:
        return f"session {self.pk}"
