"""How many customers of each portfolio lack what, day by day: counted by a job, read by everybody."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.people.scope import reach

if TYPE_CHECKING:
    from leadline.people.models import User


class PortfolioQuerySet(models.QuerySet["Portfolio"]):
    """Counts, by whose customers they are about."""

    def visible_to(self, user: "User") -> "PortfolioQuerySet":
        """Those of the customers that the person sees."""
        return self.filter(reach(user, "customer", "view").q("owner_id", "team_id", "territory_id"))


class Portfolio(models.Model):
    """The customers of one owner, team and territory on a day, and how many of them lack each measure.

    Who sees what follows from owner, team and territory, as for the customers themselves; so any scope is a
    sum of these rows. `lacking` goes from a measure's key to a number; `asked` is customers times measures,
    `lost` the sum of what is lacking: enough for the score of a day that is past.
    """

    day = models.DateField()
    counted_at = models.DateTimeField()
    owner_id = models.BigIntegerField(null=True)
    team_id = models.BigIntegerField(null=True)
    territory_id = models.BigIntegerField(null=True)
    customers = models.PositiveIntegerField()
    lacking = models.JSONField(default=dict)
    asked = models.BigIntegerField(default=0, db_default=0)
    lost = models.BigIntegerField(default=0, db_default=0)

    objects = PortfolioQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "owner_id", "team_id", "territory_id"],
                nulls_distinct=False,
                name="quality_portfolio_once",
                violation_error_message=_("This portfolio was counted today already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.owner_id} {self.team_id} {self.territory_id}"
