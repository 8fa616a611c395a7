"""Targets, by month."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked
from leadline.people.scope import reach

if TYPE_CHECKING:
    from leadline.people.models import User


class TargetQuerySet(models.QuerySet["Target"]):
    """Targets, by who may see them and by whether they are set."""

    def visible_to(self, user: "User") -> "TargetQuerySet":
        """One's own and those of one's team; of others as far as the role reaches (ALL-3)."""
        within = reach(user, "target", "view")
        if user.is_system or within.everything:
            return self
        if within.nothing:
            return self.none()
        teams = [*within.team_ids, *([user.team_id] if user.team_id else [])]
        return self.filter(
            models.Q(user=user) | models.Q(user__team__in=within.team_ids) | models.Q(team__in=teams)
        )

    def in_force(self) -> "TargetQuerySet":
        """Without those that were taken back."""
        return self.filter(value__isnull=False)

    def in_order(self) -> "TargetQuerySet":
        """Teams first, then people by name; with whom they are for."""
        return self.select_related("user", "team").order_by("team__name", "user__name", "metric", "every")


@tracked(kind="target", leave_out=("version", "updated_at"), removed_by_undo=True)
class Target(models.Model):
    """What somebody is to reach of a metric: in each day, week or month that begins in `month`.

    It is for a person or for a team. `value` is in the metric's unit, money in `currency`; empty where the
    target was taken back. A metric without money has no currency.
    """

    class Every(models.TextChoices):
        DAY = "day", _("Each day")
        WEEK = "week", _("Each week")
        MONTH = "month", _("In the month")

    metric = models.CharField(_("Figure"), max_length=60)
    currency = models.CharField(_("Currency"), max_length=3, blank=True, default="")
    every = models.CharField(_("How often"), max_length=5, choices=Every)
    month = models.DateField(_("Month"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="targets", verbose_name=_("Person")
    )
    team = models.ForeignKey(
        "people.Team", models.CASCADE, null=True, related_name="targets", verbose_name=_("Team")
    )
    value = models.DecimalField(_("Target"), max_digits=18, decimal_places=2, null=True)
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = TargetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None, team__isnull=False) | models.Q(user__isnull=False, team=None),
                name="performance_target_for_one",
                violation_error_message=_("A target is for a person or for a team."),
            ),
            models.CheckConstraint(
                condition=models.Q(value=None) | models.Q(value__gt=0),
                name="performance_target_above_zero",
                violation_error_message=_("A target is more than 0."),
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1),
                name="performance_target_first_of_month",
                violation_error_message=_("A target is kept by the first day of its month."),
            ),
            models.UniqueConstraint(
                fields=["month", "user", "metric", "every", "currency"],
                condition=models.Q(user__isnull=False),
                name="performance_target_of_person_once",
                violation_error_message=_("This person has this target already."),
            ),
            models.UniqueConstraint(
                fields=["month", "team", "metric", "every", "currency"],
                condition=models.Q(team__isnull=False),
                name="performance_target_of_team_once",
                violation_error_message=_("This team has this target already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.every} {self.month:%Y-%m}"

    @property
    def whose(self) -> str:
        """The name of the person or the team."""
        return str(self.user or self.team)

    @property
    def key(self) -> tuple[str, int]:
        """Of which person or team: ("user", 7)."""
        return ("user", self.user_id) if self.user_id else ("team", self.team_id or 0)
