"""What the platform tells of a lead, beside the wide row (LEA-1)."""

from django.db import models

from leadline.leads.models.beside import BesideLead
from leadline.leads.models.lead import Lead
from leadline.platform.models import PlatformUser


class OnPlatform(BesideLead):
    """Which user of the platform a lead is, with a copy of what lists sort and filter by.

    Every lead has a row, so that an order by last login holds those who never came. The copy is written in
    the transaction that takes the events in, and only when one of these values changes: heartbeats don't.
    `deposited` is the largest sum of one currency; amounts of two are never added (ALL-5). What one owner has
    is sorted in no time, teams and all have indexes in order.
    """

    lead = models.OneToOneField(Lead, models.CASCADE, primary_key=True, related_name="on_platform")
    user = models.OneToOneField(PlatformUser, models.PROTECT, null=True, related_name="+")
    online_since = models.DateTimeField(null=True)
    last_login_at = models.DateTimeField(null=True)
    balance = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    balance_currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    deposits = models.PositiveIntegerField(default=0, db_default=0)
    deposited = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    deposited_currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    last_deposit_at = models.DateTimeField(null=True)
    failed_deposits = models.PositiveIntegerField(default=0, db_default=0)
    last_failed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner_id", "last_failed_at"], name="leads_platform_failed_own"),
            models.Index(fields=["team_id", "last_login_at", "lead"], name="leads_platform_login_team"),
            models.Index(fields=["team_id", "balance", "lead"], name="leads_platform_balance_team"),
            models.Index(fields=["team_id", "last_failed_at", "lead"], name="leads_platform_failed_team"),
            models.Index(
                fields=["territory_id"],
                name="leads_platform_territory",
                condition=models.Q(territory_id__isnull=False),
            ),
            models.Index(fields=["last_login_at", "lead"], name="leads_platform_login"),
            models.Index(fields=["balance", "lead"], name="leads_platform_balance"),
            models.Index(fields=["last_deposit_at", "lead"], name="leads_platform_deposit"),
            models.Index(fields=["last_failed_at", "lead"], name="leads_platform_failed"),
            models.Index(
                fields=["online_since", "lead"],
                include=["owner_id", "team_id", "territory_id"],
                name="leads_platform_online",
                condition=models.Q(online_since__isnull=False),
            ),
        ]

    @property
    def is_online(self) -> bool:
        """Whether somebody is on the platform, to the minute."""
        return self.online_since is not None
