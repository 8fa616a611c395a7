"""The organisation that runs this installation: one row with what holds for everybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.kept import Kept


class Organisation(models.Model):
    """Name and defaults of the organisation; `set_up_at` is when the first run was finished."""

    name = models.CharField(max_length=200, default="Leadline")
    country = models.CharField(max_length=2, default="US")
    currency = models.CharField(max_length=3, default="USD")
    time_zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=8, default="en")
    inactive_after_days = models.PositiveIntegerField(null=True, blank=True)
    set_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="core_organisation_only_one",
                violation_error_message=_("There is only one organisation."),
            )
        ]


def organisation() -> Organisation:
    """The organisation as it is now; kept for a few seconds in this process."""
    return _kept()


def forget_organisation() -> None:
    """Read the organisation anew next time, after it was changed here."""
    _kept.forget()


_kept = Kept(lambda: Organisation.objects.filter(pk=1).first() or Organisation(pk=1))
