"""Who uses the platform, and the narrow side table of what changes with nearly every event."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.people.scope import reach

if TYPE_CHECKING:
    from leadline.people.models import User


class PlatformUserQuerySet(models.QuerySet["PlatformUser"]):
    """Users of the platform, by who may see them and by whether they are there now."""

    def visible_to(self, user: User) -> PlatformUserQuerySet:
        """Those of the customers within reach; who belongs to no customer is seen by those who see all."""
        within = reach(user, "platform_user", "view")
        return self.filter(within.q("customer__owner", "customer__team", "customer__territory"))

    def online(self, *, since: datetime) -> PlatformUserQuerySet:
        """Those who came, did not leave, and were seen after a moment (`queries.online_after`)."""
        return self.filter(pulse__online_since__isnull=False, pulse__last_seen_at__gt=since)


@tracked(kind="platform_user", leave_out=("version", "created_at", "updated_at", "told_at"))
class PlatformUser(models.Model):
    """Somebody whom the platform knows by an id of its own (PLT-3).

    `customer` is found by that id (an external id of the system that `PlatformRules` names), then by e-mail,
    when exactly one customer fits; `linked_by` says how. `told_at` is the moment of the event that told name
    and addresses last: older ones do not change them.
    """

    class LinkedBy(models.TextChoices):
        PLATFORM_ID = "id", _("By its id on the platform")
        EMAIL = "email", _("By e-mail")
        LEAD = "lead", _("As the lead that became the customer")

    external_id = models.CharField(_("Platform id"), max_length=200, unique=True, db_collation="C")
    email = models.CharField(_("E-mail"), max_length=254, blank=True, default="")
    name = models.CharField(_("Name"), max_length=200, blank=True, default="")
    phone = models.CharField(_("Phone"), max_length=60, blank=True, default="")
    country = models.CharField(_("Country"), max_length=2, blank=True, default="")
    language = models.CharField(_("Language"), max_length=8, blank=True, default="")
    customer = models.ForeignKey(
        "customers.Customer",
        models.PROTECT,
        verbose_name=_("Customer"),
        null=True,
        related_name="platform_users",
        db_index=False,
    )
    linked_by = models.CharField(max_length=10, choices=LinkedBy, blank=True, default="")
    registered_at = models.DateTimeField(_("Registered"), null=True)
    told_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = PlatformUserQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(customer=None) | ~models.Q(linked_by=""),
                name="platform_user_link_says_how",
                violation_error_message=_("Say how the user of the platform was found to be this customer."),
            )
        ]
        indexes = [
            models.Index(
                fields=["customer", "id"],
                name="platform_user_customers",
                condition=models.Q(customer__isnull=False),
            ),
            models.Index(fields=["email"], name="platform_user_email", condition=~models.Q(email="")),
            models.Index(fields=["phone"], name="platform_user_phone", condition=~models.Q(phone="")),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.external_id

    @property
    def is_erased(self) -> bool:
        """Whether the person was erased, for good."""
        return self.erased_at is not None


class PlatformPulse(models.Model):
    """What changes with nearly every event, beside the wide row: heartbeats touch no index (design 4).

    `online_since` is empty for who left, and is emptied for who was silent for too long; only who came and
    who went changes the index. `seen_at` values never go back, in whichever order events come.
    """

    user = models.OneToOneField(PlatformUser, models.CASCADE, primary_key=True, related_name="pulse")
    last_seen_at = models.DateTimeField(null=True)
    last_login_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    online_since = models.DateTimeField(null=True)
    page = models.CharField(max_length=300, blank=True, default="")
    page_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=100, blank=True, default="")
    balance = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    balance_currency = models.CharField(max_length=3, blank=True, default="")
    balance_at = models.DateTimeField(null=True)
    deposits = models.PositiveIntegerField(default=0)
    failed_deposits = models.PositiveIntegerField(default=0)
    first_deposit_at = models.DateTimeField(null=True)
    last_deposit_at = models.DateTimeField(null=True)
    last_failed_at = models.DateTimeField(null=True)
    last_event = models.CharField(max_length=30, blank=True, default="")
    last_event_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["online_since", "user"],
                name="platform_pulse_online",
                condition=models.Q(online_since__isnull=False),
            )
        ]


class DepositedSum(models.Model):
    """What somebody has deposited so far, in each currency: amounts of two are never added (ALL-5)."""

    user = models.ForeignKey(PlatformUser, models.CASCADE, related_name="deposited", db_index=False)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=20, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "currency"],
                name="platform_deposited_once",
                violation_error_message=_("There is one sum for each currency."),
            )
        ]
