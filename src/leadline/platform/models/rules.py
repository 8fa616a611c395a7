"""What an administrator sets about the platform: one row."""

from __future__ import annotations

from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.kept import Kept

LEAST_KEPT = 3  # months: pages tell what somebody did in the last ninety days
MOST_KEPT = 120


class PlatformRules(models.Model):
    """How long somebody is online and events stay, and by which name external ids are the platform's.

    Months older than the last `months_kept` go into files; without it all stay (PLT-2, PLT-4).
    """

    online_minutes = models.PositiveSmallIntegerField(
        _("Online for (minutes)"),
        default=5,
        db_default=5,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    system = models.CharField(_("Name of the platform"), max_length=100, default="platform")
    months_kept = models.PositiveSmallIntegerField(_("Months kept"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="platform_rules_only_one",
                violation_error_message=_("There is only one set of rules."),
            ),
            models.CheckConstraint(
                condition=models.Q(online_minutes__gte=1, online_minutes__lte=120),
                name="platform_rules_minutes",
                violation_error_message=_("Give 1 to 120 minutes."),
            ),
            models.CheckConstraint(
                condition=models.Q(months_kept=None)
                | models.Q(months_kept__gte=LEAST_KEPT, months_kept__lte=MOST_KEPT),
                name="platform_rules_months",
                violation_error_message=_("Give 3 to 120 months, or nothing to keep all."),
            ),
        ]

    def __str__(self) -> str:
        return "platform rules"

    @property
    def online_for(self) -> timedelta:
        """How long after the last sign of life somebody counts as online."""
        return timedelta(minutes=self.online_minutes)


def platform_rules() -> PlatformRules:
    """The rules as they are now; kept for a few seconds in this process."""
    return _kept()


def forget_rules() -> None:
    """Read the rules anew next time, after they were changed here."""
    _kept.forget()


_kept = Kept(lambda: PlatformRules.objects.filter(pk=1).first() or PlatformRules(pk=1))
