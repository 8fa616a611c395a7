"""Single sign-on: the providers that are trusted, and who is who there (INT-5)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.secrets import EncryptedTextField


class Provider(models.Model):
    """An OpenID provider that may say who somebody is (OpenID Connect Core 1.0).

    `role_claim` names what it says about roles, `role_map` which of our roles a value stands for.
    """

    key = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=60)
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=300)
    client_secret = EncryptedTextField(blank=True)
    allowed_domains = models.JSONField(default=list)
    links_by_email = models.BooleanField(default=True)
    creates_users = models.BooleanField(default=False)
    default_roles = models.JSONField(default=list)
    role_claim = models.CharField(max_length=100, blank=True)
    role_map = models.JSONField(default=dict)
    counts_as_second_factor = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "people_provider"

    def __str__(self) -> str:
        return self.label


class Identity(models.Model):
    """Somebody's name at a provider: its subject, which never changes, unlike an e-mail."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="identities")
    subject = models.CharField(max_length=255)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="identities")
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "people_identity"
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "subject"],
                name="people_identity_once",
                violation_error_message=_("This account of the provider belongs to somebody already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} at {self.provider_id}"
