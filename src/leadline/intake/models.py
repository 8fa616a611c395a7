"""Addresses whose mail is taken in, the letters that came, and their files."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.core.secrets import EncryptedTextField
from leadline.customers.models import Customer
from leadline.leads.models import Lead

if TYPE_CHECKING:
    from leadline.people.models import User

STATE = ("reads_from", "uid_validity", "last_uid", "polled_at", "trouble", "trouble_at")


class IntakeAddressQuerySet(models.QuerySet["IntakeAddress"]):
    """Addresses, for those whose role shows them."""

    def visible_to(self, user: "User") -> "IntakeAddressQuerySet":
        """All of them, or none."""
        return self if user.is_system or user.may("mail_in", "view") else self.none()

    def current(self) -> "IntakeAddressQuerySet":
        """Without the archived."""
        return self.filter(archived_at=None)

    def polled(self) -> "IntakeAddressQuerySet":
        """Those whose mailbox is looked into by itself."""
        return self.current().filter(is_on=True).exclude(host="")


@tracked(
    kind="intake_address",
    about=("intake_address", "id"),
    leave_out=("version", "updated_at", "created_at", "password", *STATE),
)
class IntakeAddress(models.Model):
    """An address of the house, what its leads get, and the mailbox in which its letters lie.

    Without a host, letters come by the API or a pipe alone. What came before `reads_from` stays where it is;
    `uid_validity` and `last_uid` say how far the folder was read; `trouble` is why the last look failed.
    """

    class Security(models.TextChoices):
        TLS = "tls", _("TLS from the start")
        STARTTLS = "starttls", _("STARTTLS")
        NONE = "none", _("None")

    Desk = Customer.Desk

    email = models.CharField(_("Address"), max_length=254)
    host = models.CharField(_("Mail server"), max_length=253, blank=True, default="")
    port = models.PositiveIntegerField(_("Port"), default=993)
    security = models.CharField(_("Encryption"), max_length=10, choices=Security, default=Security.TLS)
    user_name = models.CharField(_("User name"), max_length=254, blank=True, default="")
    password = EncryptedTextField(_("Password"), blank=True, default="")
    folder = models.CharField(_("Folder"), max_length=200, default="INBOX")
    language = models.CharField(_("Language"), max_length=10, blank=True, default="")
    source = models.CharField(_("Source"), max_length=100, blank=True, default="")
    campaign = models.CharField(_("Campaign"), max_length=100, blank=True, default="")
    desk = models.CharField(_("Desk"), max_length=20, choices=Customer.Desk, default=Customer.Desk.CONVERSION)
    is_on = models.BooleanField(_("Switched on"), default=True)
    reads_from = models.DateTimeField()
    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    polled_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True, default="")
    trouble_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = IntakeAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(archived_at=None),
                name="intake_address_once",
                violation_error_message=_("This address is taken in already."),
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_archived(self) -> bool:
        """Whether it is out of use; it can be restored."""
        return self.archived_at is not None


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters, seen by whoever looks after mail, or sees the lead or customer that they are about."""

    def visible_to(self, user: "User") -> "LetterQuerySet":
        """All of them for who looks after mail; else those about leads and customers within reach."""
        if user.is_system or user.may("mail_in", "view"):
            return self
        leads = Lead.objects.visible_to(user).values("pk")
        customers = Customer.objects.visible_to(user).values("pk")
        return self.filter(Q(lead_id__in=leads) | Q(customer_id__in=customers))


class Letter(models.Model):
    """One letter that came in, once, and what became of it.

    `digest` knows it again: Message-ID and sender, or else the whole letter. `body` is kept only while no
    timeline has it, so that somebody can take the letter in after all. `reason` says why it was left.
    """

    class State(models.TextChoices):
        LEAD = "lead", _("New lead")
        KNOWN = "known", _("On a timeline")
        LEFT = "left", _("Left aside")
        FAILED = "failed", _("Not understood")

    class Door(models.TextChoices):
        MAILBOX = "mailbox", _("Mailbox")
        API = "api", _("API")
        PIPE = "pipe", _("Mail server")

    address = models.ForeignKey(IntakeAddress, models.PROTECT, related_name="letters", db_index=False)
    at = models.DateTimeField(_("Taken in"))
    sent_at = models.DateTimeField(_("Sent"), null=True)
    door = models.CharField(max_length=10, choices=Door)
    digest = models.CharField(max_length=64)
    sender = models.CharField(_("From"), max_length=254, blank=True, default="")
    sender_name = models.CharField(max_length=200, blank=True, default="")
    subject = models.CharField(_("Subject"), max_length=300, blank=True, default="")
    body = models.TextField(blank=True, default="")
    size = models.PositiveBigIntegerField(_("Size"), default=0)
    state = models.CharField(_("Outcome"), max_length=10, choices=State)
    reason = models.CharField(max_length=300, blank=True, default="")
    lead_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)

    objects: Any = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                name="intake_letter_once",
                violation_error_message=_("This letter was taken in already."),
            )
        ]
        indexes = [
            models.Index(fields=["address", "-id"], name="intake_letter_of_address"),
            models.Index(fields=["state", "-id"], name="intake_letter_of_state"),
            models.Index(fields=["sender", "at"], name="intake_letter_from"),
            models.Index(fields=["lead_id"], name="intake_letter_lead", condition=Q(lead_id__isnull=False)),
            models.Index(
                fields=["customer_id"],
                name="intake_letter_customer",
                condition=Q(customer_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"{self.sender} {self.pk}"

    @property
    def can_be_taken(self) -> bool:
        """Whether somebody can take it in after all: it was left, and what it said is kept still."""
        return self.state == self.State.LEFT and bool(self.body) and bool(self.sender)


class LetterFileQuerySet(models.QuerySet["LetterFile"]):
    """Files of letters, seen by whoever sees the letter."""

    def visible_to(self, user: "User") -> "LetterFileQuerySet":
        """Those of letters that this person sees."""
        return self.filter(letter__in=Letter.objects.visible_to(user))


class LetterFile(models.Model):
    """A file that came with a letter, kept outside of what is served and only ever a download."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="files")
    name = models.CharField(_("Name"), max_length=200)
    path = models.CharField(max_length=300)
    size = models.PositiveBigIntegerField(_("Size"))

    objects: Any = LetterFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
