"""How long things are kept (PPL-8)."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked

if TYPE_CHECKING:
    from leadline.people.models import User


class RetentionQuerySet(models.QuerySet["RetentionRule"]):
    """Rules, for those who look after privacy."""

    def visible_to(self, user: "User") -> "RetentionQuerySet":
        """Those who may set them see all."""
        return self if user.is_system or user.may("privacy", "manage") else self.none()


@tracked(kind="retention_rule", leave_out=("ran_at", "last_done"))
class RetentionRule(models.Model):
    """What happens to records that fulfil a condition, so many days after they were made or touched."""

    class Since(models.TextChoices):
        CREATED = "created_at", _("since it was added")
        CHANGED = "updated_at", _("since it was last changed")

    class Deed(models.TextChoices):
        ARCHIVE = "archive", _("Archive")
        ANONYMISE = "anonymise", _("Make anonymous")

    name = models.CharField(_("Name"), max_length=100)
    kind = models.CharField(_("What"), max_length=20)
    where = models.JSONField(default=dict)
    days = models.PositiveIntegerField(_("Days"))
    since = models.CharField(_("Counted"), max_length=20, choices=Since, default=Since.CHANGED)
    deed = models.CharField(_("Then"), max_length=10, choices=Deed)
    is_active = models.BooleanField(_("On"), default=False)
    ran_at = models.DateTimeField(null=True)
    last_done = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RetentionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(days__gte=30),
                name="governance_retention_days",
                violation_error_message=_("Thirty days at least."),
            )
        ]

    def __str__(self) -> str:
        return self.name
