"""How much the platform is used: per user and day, and per customer and capability (PLT-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.people.scope import reach
from leadline.plans.models import Capability
from leadline.platform.models.users import PlatformUser

if TYPE_CHECKING:
    from leadline.people.models import User


class UsageDay(models.Model):
    """What a user of the platform did on a day of the organisation's zone; days without anything have no row.

    Kept per user, read per customer: whoever is linked later brings the days before along.
    `seconds` are the time there, by the rule of `counting`.
    """

    pk = models.CompositePrimaryKey("user_id", "day")
    user = models.ForeignKey(PlatformUser, models.CASCADE, related_name="usage", db_index=False)
    day = models.DateField()
    logins = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    listings = models.PositiveIntegerField(default=0)
    views = models.PositiveIntegerField(default=0)
    inquiries = models.PositiveIntegerField(default=0)
    searches = models.PositiveIntegerField(default=0)


class FeatureDay(models.Model):
    """What a user did with a capability on a day: how often, and the amounts that were told.

    `amount` is their sum, `highest` the largest, `last` the latest; an event without an amount counts one.
    """

    pk = models.CompositePrimaryKey("user_id", "capability_id", "day")
    user = models.ForeignKey(PlatformUser, models.CASCADE, related_name="features", db_index=False)
    capability = models.ForeignKey(Capability, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    times = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=24, decimal_places=4)
    highest = models.DecimalField(max_digits=18, decimal_places=4)
    last = models.DecimalField(max_digits=18, decimal_places=4)


class FeatureUseQuerySet(models.QuerySet["FeatureUse"]):
    """What customers use, seen by whoever sees their usage."""

    def visible_to(self, user: User) -> FeatureUseQuerySet:
        """That of customers within reach."""
        within = reach(user, "usage", "view")
        return self.filter(within.q("customer__owner", "customer__team", "customer__territory"))


class FeatureUse(models.Model):
    """How much of a capability a customer uses now, against its limit; without a row, none.

    `used` and `before` are of this month and of the last, in the organisation's zone: of what is metered the
    sum, of a level the highest, of a switch 1; of a quantity how many there were at the latest, and at the
    end of the last month. `share` is the part of the limit (1 is all of it), 0 where there is
    no limit. What is used though no plan includes it is `outside`: there is no limit to be over (PLN-2).
    Archived customers have no rows. Kept by `measuring`, which says how.
    """

    class State(models.TextChoices):
        FREE = "free", _("No limit")
        WITHIN = "within", _("Within the limit")
        NEAR = "near", _("Near the limit")
        FULL = "full", _("At the limit")
        OVER = "over", _("Over the limit")
        OUTSIDE = "outside", _("In no plan")

    customer = models.ForeignKey(
        "customers.Customer", models.CASCADE, related_name="feature_uses", db_index=False
    )
    capability = models.ForeignKey(Capability, models.PROTECT, related_name="uses", db_index=False)
    used = models.DecimalField(_("Used"), max_digits=24, decimal_places=4)
    before = models.DecimalField(_("Last month"), max_digits=24, decimal_places=4)
    most = models.DecimalField(_("Limit"), max_digits=18, decimal_places=4, null=True)
    share = models.DecimalField(_("Share of the limit"), max_digits=28, decimal_places=4)
    state = models.CharField(_("Against the limit"), max_length=10, choices=State)
    times = models.PositiveIntegerField(_("Times this month"))
    users = models.PositiveIntegerField(_("Users"))
    last_on = models.DateField(_("Last used"))

    objects = FeatureUseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "capability"],
                name="platform_feature_use_once",
                violation_error_message=_("There is one row for a customer and a capability."),
            )
        ]
        indexes = [
            models.Index(fields=["capability", "state"], name="platform_feature_use_state"),
            models.Index(fields=["share", "id"], name="platform_feature_use_share"),
        ]

    def __str__(self) -> str:
        return f"{self.capability} {self.used}"


class Utilisation(models.Model):
    """How many customers of an owner, team and territory use a capability, and how near their limits.

    Counted every few minutes over all of `FeatureUse`, so that the page does not have to. Without a
    capability: how many of them are known on the platform. `is_whole` adds up all others, for who sees all.
    """

    capability = models.ForeignKey(Capability, models.CASCADE, null=True, related_name="+", db_index=False)
    owner_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    territory_id = models.BigIntegerField(null=True)
    customers = models.PositiveIntegerField()
    customers_before = models.PositiveIntegerField()
    near = models.PositiveIntegerField()
    full = models.PositiveIntegerField()
    over = models.PositiveIntegerField()
    used = models.DecimalField(max_digits=30, decimal_places=4)
    before = models.DecimalField(max_digits=30, decimal_places=4)
    times = models.PositiveBigIntegerField()
    is_whole = models.BooleanField(default=False, db_default=False)


class UsageDue(models.Model):
    """Whose days have to be counted anew, as the taking in of events leaves it: whose, and between when."""

    user_ids = ArrayField(models.BigIntegerField())
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()


class UsagePlace(models.Model):
    """How far passes over all have come, in one row; whoever writes usage holds it.

    `zone` and `month` are those by which all is counted. A pass over all users (`is_due`) or over all
    customers (`is_measuring`) goes on after `after_user` and `after_customer`.
    """

    zone = models.CharField(max_length=64, default="")
    month = models.DateField(null=True)
    is_due = models.BooleanField(default=True)
    after_user = models.BigIntegerField(default=0)
    is_measuring = models.BooleanField(default=True)
    after_customer = models.BigIntegerField(default=0)
    tallied_at = models.DateTimeField(null=True)
