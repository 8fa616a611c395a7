"""Templates of e-mail with their texts by language, and what was sent to whom."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.core.mail.models import OutgoingMail

if TYPE_CHECKING:
    from leadline.people.models import User


class MailTemplateQuerySet(models.QuerySet["MailTemplate"]):
    """Templates, for whoever writes to people."""

    def visible_to(self, user: "User") -> "MailTemplateQuerySet":
        """All, for those whose role shows them."""
        return self if user.is_system or user.may("mail_template", "view") else self.none()

    def current(self) -> "MailTemplateQuerySet":
        """Without the archived."""
        return self.filter(archived_at=None)


@tracked(
    kind="mail_template", about=("mail_template", "id"), leave_out=("version", "updated_at", "created_at")
)
class MailTemplate(models.Model):
    """One letter that is written often. `key` names a provided one for the code that sends it by itself."""

    key = models.CharField(max_length=40, blank=True, default="")
    name = models.CharField(_("Name"), max_length=80)
    purpose = models.CharField(_("Purpose"), max_length=300, blank=True, default="")
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = MailTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=~models.Q(key=""),
                name="marketing_template_key_once",
                violation_error_message=_("There is such a provided template already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_archived(self) -> bool:
        """Whether it is out of use; it can be restored."""
        return self.archived_at is not None


class MailTextQuerySet(models.QuerySet["MailText"]):
    """Texts, seen with their template."""

    def visible_to(self, user: "User") -> "MailTextQuerySet":
        """Those of the templates that the person sees."""
        return self.filter(template__in=MailTemplate.objects.visible_to(user))


@tracked(kind="mail_text", about=("mail_template", "template_id"))
class MailText(models.Model):
    """What a template says in one language: Markdown with places such as `{{ first_name }}`."""

    template = models.ForeignKey(MailTemplate, models.CASCADE, related_name="texts")
    language = models.CharField(_("Language"), max_length=8)
    subject = models.CharField(_("Subject"), max_length=200)
    body = models.TextField(_("Text"))

    objects = MailTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template", "language"],
                name="marketing_text_once",
                violation_error_message=_("This template has a text in this language already."),
            )
        ]

    def __str__(self) -> str:
        return self.subject


class SendingQuerySet(models.QuerySet["Sending"]):
    """What was sent."""

    def visible_to(self, user: "User") -> "SendingQuerySet":
        """One's own; all for those who manage the settings. What was said stands on the timeline."""
        return self if user.is_system or user.may("settings", "manage") else self.filter(user=user)


@tracked(kind="sending", about=("sending", "id"))
class Sending(models.Model):
    """One e-mail to one person, from a record's page or by the house; `cause` keeps it from going twice.

    `kind` and `record_id` are whom it went to; `mail` knows whether it arrived at the mail server.
    """

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    template = models.ForeignKey(MailTemplate, models.SET_NULL, null=True, related_name="sendings")
    language = models.CharField(max_length=8, blank=True, default="")
    to = models.CharField(_("To"), max_length=254)
    subject = models.CharField(_("Subject"), max_length=200)
    cause = models.CharField(max_length=100)
    mail = models.OneToOneField(OutgoingMail, models.PROTECT, related_name="sending")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects: Any = SendingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cause"],
                name="marketing_sending_once",
                violation_error_message=_("This e-mail was sent already."),
            )
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="marketing_sending_own"),
            models.Index(fields=["kind", "record_id"], name="marketing_sending_record"),
        ]

    def __str__(self) -> str:
        return self.subject
