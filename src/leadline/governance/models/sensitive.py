"""What only few may see: encrypted at rest, masked on every page (PPL-8)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.secrets import EncryptedTextField

MASK = "••••"
SHOWN_LETTERS = 4


class SensitiveQuerySet(models.QuerySet["Sensitive"]):
    """Values, shown on their record."""

    def about(self, kind: str, key: int) -> "SensitiveQuerySet":
        """Those of one record."""
        return self.filter(kind=kind, record_id=key)


class Sensitive(models.Model):
    """One value of one record, beside it: so it is in no list, no search, no history, no event."""

    class Name(models.TextChoices):
        TAX_ID = "tax_id", _("Tax id")
        BANK = "bank_details", _("Bank details")
        IDENTITY = "identity_document", _("Identity document")

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    name = models.CharField(max_length=30, choices=Name)
    value = EncryptedTextField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects: Any = SensitiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id", "name"],
                name="governance_sensitive_once",
                violation_error_message=_("This field has a value already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.name}"

    @property
    def masked(self) -> str:
        """The last four letters of a long value, nothing of a short one."""
        return MASK + (self.value[-SHOWN_LETTERS:] if len(self.value) >= 2 * SHOWN_LETTERS else "")
