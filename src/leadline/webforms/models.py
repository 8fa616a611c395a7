"""Forms, what visitors sent through them, and how often."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.customers.models import Customer

if TYPE_CHECKING:
    from leadline.people.models import User


class WebFormQuerySet(models.QuerySet["WebForm"]):
    """Forms, for those whose role shows them."""

    def visible_to(self, user: "User") -> "WebFormQuerySet":
        """All of them, or none."""
        return self if user.is_system or user.may("web_form", "view") else self.none()

    def current(self) -> "WebFormQuerySet":
        """Without the archived."""
        return self.filter(archived_at=None)


@tracked(kind="web_form", about=("web_form", "id"), leave_out=("version", "updated_at", "created_at"))
class WebForm(models.Model):
    """A form for visitors. `key` stands in its address and never changes.

    `texts`: language → title, intro, button, thanks. `asks`: what is asked, in order, each
    `{field, required, label: {language: …}, help: {language: …}}`. `consents`: boxes, each
    `{channel, required, words: {language: …}}`. `redirect` is where a visitor is led after the thanks; only
    people of this house set it. `sites` are the sites that may show it within their pages; empty: any.
    """

    Desk = Customer.Desk

    key = models.CharField(max_length=60)
    name = models.CharField(_("Name"), max_length=80)
    texts = models.JSONField(default=dict)
    asks = models.JSONField(default=list)
    consents = models.JSONField(default=list)
    redirect = models.CharField(_("Leads on to"), max_length=500, blank=True, default="")
    sites = ArrayField(models.CharField(max_length=200), verbose_name=_("Sites"), default=list, blank=True)
    source = models.CharField(_("Source"), max_length=100, blank=True, default="")
    campaign = models.CharField(_("Campaign"), max_length=100, blank=True, default="")
    desk = models.CharField(_("Desk"), max_length=20, choices=Customer.Desk, default=Customer.Desk.CONVERSION)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("Owner"), null=True, related_name="+"
    )
    tags = ArrayField(models.CharField(max_length=50), verbose_name=_("Tags"), default=list, blank=True)
    is_on = models.BooleanField(_("Switched on"), default=False)
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = WebFormQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="webforms_key_once",
                violation_error_message=_("There is a form with this address already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_archived(self) -> bool:
        """Whether it is out of use; it can be restored."""
        return self.archived_at is not None

    @property
    def is_open(self) -> bool:
        """Whether visitors may send it."""
        return self.is_on and not self.is_archived


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """What visitors sent: it names persons, so it is for those who manage forms."""

    def visible_to(self, user: "User") -> "SubmissionQuerySet":
        """All of it, or nothing."""
        return self if user.is_system or user.may("web_form", "manage") else self.none()

    def held(self) -> "SubmissionQuerySet":
        """What waits for somebody to look at it."""
        return self.filter(state=Submission.State.HELD)


class Submission(models.Model):
    """What one visitor sent once. Nothing is lost: what looks like spam is held until somebody decides.

    `answers` are as typed, by names of fields; `consents` hold the words that were shown. `network` is the
    sender's address, forgotten after a month. `signs` say why it was held. `digest` knows the same again.
    """

    class State(models.TextChoices):
        TAKEN = "taken", _("Taken")
        HELD = "held", _("Held back")
        DISCARDED = "discarded", _("Discarded")

    form = models.ForeignKey(WebForm, models.PROTECT, related_name="submissions", db_index=False)
    at = models.DateTimeField()
    language = models.CharField(max_length=8, blank=True, default="")
    network = models.CharField(max_length=45, blank=True, default="")
    answers = models.JSONField(default=dict)
    consents = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State)
    signs = ArrayField(models.CharField(max_length=20), default=list)
    lead_id = models.BigIntegerField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects: Any = SubmissionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["form", "-id"], name="webforms_sent_of_form"),
            models.Index(fields=["network", "at"], name="webforms_sent_from"),
            models.Index(fields=["digest", "at"], name="webforms_sent_again"),
            models.Index(fields=["-id"], name="webforms_sent_held", condition=models.Q(state="held")),
            models.Index(
                fields=["lead_id"], name="webforms_sent_lead", condition=models.Q(lead_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.pk}"


class Day(models.Model):
    """How often a form was seen, sent and held on one day (UTC)."""

    form = models.ForeignKey(WebForm, models.CASCADE, related_name="days", db_index=False)
    day = models.DateField()
    views = models.PositiveIntegerField(default=0, db_default=0)
    sent = models.PositiveIntegerField(default=0, db_default=0)
    held = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "day"],
                name="webforms_day_once",
                violation_error_message=_("This day is counted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.day}"
