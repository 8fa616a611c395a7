"""The letters that wait, and what became of those that were sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.secrets import EncryptedTextField


class OutgoingMail(models.Model):
    """One letter to one address; one with `reply_to` is a person's.

    What it says is closed at rest and erased once it was sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("On its way")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Refused")
        UNKNOWN = "unknown", _("Perhaps sent")

    to = models.EmailField(max_length=254)
    reply_to = models.EmailField(max_length=254, blank=True, default="", db_default="")
    subject = models.CharField(max_length=200)
    text = EncryptedTextField(blank=True)
    html = EncryptedTextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "core_mail"
        indexes = [
            models.Index(fields=["claimed_at"], name="core_mail_sending", condition=models.Q(state="sending"))
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"
