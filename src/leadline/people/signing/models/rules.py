"""What the organisation decided about signing in: one row."""

from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.kept import Kept


class SigningRules(models.Model):
    """How long sessions last, and what "view as" allows."""

    idle_hours = models.PositiveSmallIntegerField(
        default=24, validators=[MinValueValidator(1), MaxValueValidator(24 * 30)]
    )
    lifetime_days = models.PositiveSmallIntegerField(
        default=14, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    view_as_may_write = models.BooleanField(default=False)
    single_sign_on_only = models.BooleanField(default=False)

    class Meta:
        db_table = "people_signing_rules"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="people_signing_rules_only_one",
                violation_error_message=_("There is only one set of rules."),
            )
        ]

    def __str__(self) -> str:
        return "signing rules"

    @property
    def idle(self) -> timedelta:
        """How long a session lives without being used."""
        return timedelta(hours=self.idle_hours)

    @property
    def lifetime(self) -> timedelta:
        """How long a session lives however much it is used."""
        return timedelta(days=self.lifetime_days)


def signing_rules() -> SigningRules:
    """The rules as they are now; kept for a few seconds in this process."""
    return _kept()


def forget_rules() -> None:
    """Read the rules anew next time, after they were changed here."""
    _kept.forget()


_kept = Kept(lambda: SigningRules.objects.filter(pk=1).first() or SigningRules(pk=1))
