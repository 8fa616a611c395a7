"""Payments as the platform told of them: deposits, failed deposits, withdrawals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.people.scope import reach

if TYPE_CHECKING:
    from leadline.people.models import User


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Payments, seen by whoever sees those of the customer."""

    def visible_to(self, user: User) -> PaymentQuerySet:
        """Those of customers within reach; those of unknown users by who sees all."""
        within = reach(user, "payment", "view")
        return self.filter(
            within.q("user__customer__owner", "user__customer__team", "user__customer__territory")
        )


class Payment(models.Model):
    """An attempt to pay in or out (PLT-5); written once, from its event.

    `method`, `reason` are codes of the platform. `country` is the payer's at that time.
    """

    class Kind(models.TextChoices):
        DEPOSIT = "deposit", _("Deposit")
        WITHDRAWAL = "withdrawal", _("Withdrawal")

    class State(models.TextChoices):
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    class Account(models.TextChoices):
        NEW = "new", _("New account")
        EXISTING = "existing", _("Existing account")

    class MadeBy(models.TextChoices):
        SELF = "self", _("By the customer")
        REP = "rep", _("By a rep")

    user = models.ForeignKey("platform.PlatformUser", models.PROTECT, related_name="payments", db_index=False)
    at = models.DateTimeField(_("When"))
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    state = models.CharField(_("Outcome"), max_length=10, choices=State)
    method = models.CharField(_("Method"), max_length=60)
    amount = models.DecimalField(_("Amount"), max_digits=18, decimal_places=4)
    currency = models.CharField(_("Currency"), max_length=3)
    reason = models.CharField(_("Reason"), max_length=100, blank=True, default="")
    account = models.CharField(_("Account"), max_length=10, choices=Account, blank=True, default="")
    made_by = models.CharField(_("Made by"), max_length=10, choices=MadeBy, blank=True, default="")
    country = models.CharField(_("Country"), max_length=2, blank=True, default="")
    event_id = models.CharField(max_length=200)
    received_at = models.DateTimeField()

    objects = PaymentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["at", "id"], name="platform_payment_at"),
            models.Index(fields=["user", "at", "id"], name="platform_payment_user"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} {self.currency}"
