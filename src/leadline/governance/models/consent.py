"""Why a person may be written to or called: lawful basis and consent by channel, with its history (PPL-8)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """Ways to reach somebody that need an allowance."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    CHAT = "chat", _("Chat and SMS")
    POST = "post", _("Post")


class Contactable(models.Model):
    """Fields of whoever may be reached: contacts and leads.

    `consent_<channel>` is what the newest `Consent` of the channel says, beside the record, so that lists,
    filters, imports and exports have it.
    """

    class Basis(models.TextChoices):
        CONSENT = "consent", _("Consent")
        CONTRACT = "contract", _("Contract")
        LEGITIMATE = "legitimate_interest", _("Legitimate interest")
        OBLIGATION = "legal_obligation", _("Legal obligation")
        PUBLIC = "public_task", _("Public task")
        VITAL = "vital_interest", _("Vital interest")

    class Given(models.TextChoices):
        GIVEN = "given", pgettext_lazy("consent", "Given")
        WITHDRAWN = "withdrawn", pgettext_lazy("consent", "Withdrawn")

    lawful_basis = models.CharField(max_length=20, choices=Basis, blank=True, default="", db_default="")
    consent_email = models.CharField(max_length=10, choices=Given, blank=True, default="", db_default="")
    consent_phone = models.CharField(max_length=10, choices=Given, blank=True, default="", db_default="")
    consent_chat = models.CharField(max_length=10, choices=Given, blank=True, default="", db_default="")
    consent_post = models.CharField(max_length=10, choices=Given, blank=True, default="", db_default="")
    do_not_call = models.BooleanField(default=False, db_default=False)
    do_not_email = models.BooleanField(default=False, db_default=False)

    class Meta:
        abstract = True


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Consents, shown on their record."""

    def about(self, kind: str, key: int) -> "ConsentQuerySet":
        """Those of one record, the newest first."""
        return self.filter(kind=kind, record_id=key).select_related("recorded_by").order_by("-id")


class Consent(models.Model):
    """One statement: given, withdrawn, or (empty) nothing known any more; never changed, only followed."""

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    channel = models.CharField(_("Channel"), max_length=10, choices=Channel)
    state = models.CharField(_("Consent"), max_length=10, choices=Contactable.Given, blank=True)
    stated_on = models.DateField(_("Day"))
    source = models.CharField(_("Source"), max_length=200)
    text_version = models.CharField(_("Version of the text"), max_length=100, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: Any = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "record_id", "channel", "-id"], name="governance_consent_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.channel} {self.state}"
