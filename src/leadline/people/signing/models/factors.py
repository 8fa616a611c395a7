"""Second factors: an app that shows codes, passkeys, and recovery codes for the day when they are lost."""

from django.conf import settings
from django.db import models

from leadline.core.secrets import EncryptedTextField


class CodeApp(models.Model):
    """An app that shows six digits every thirty seconds (RFC 6238); in use once a first code was right.

    `last_step` is the half minute of the last code that was taken: no code counts twice.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="code_app")
    secret = EncryptedTextField()
    last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_code_app"

    def __str__(self) -> str:
        return f"code app of {self.user_id}"


class Passkey(models.Model):
    """A key that a device, a phone or a security key holds; here is only what verifies it (WebAuthn)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=100)
    credential_id = models.BinaryField(unique=True, max_length=1024)
    public_key = models.BinaryField(max_length=4096)
    sign_count = models.BigIntegerField(default=0)
    transports = models.JSONField(default=list)
    is_synced = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_passkey"

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """One of ten codes to keep on paper; each opens once. Only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_recovery_code"

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"
