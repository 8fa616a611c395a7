"""Dashboards as somebody arranged them; those that nobody altered stand in the code alone."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked

if TYPE_CHECKING:
    from leadline.people.models import User


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    """Arrangements, by whom they are for."""

    def visible_to(self, user: "User") -> "ArrangementQuerySet":
        """One's own, and those of roles: they say what stands where, never what it shows."""
        return self.filter(models.Q(user=user) | models.Q(user=None))


@tracked(kind="arrangement")
class Arrangement(models.Model):
    """What stands on a dashboard for a role, or for one person (WSP-1); `dashboard` is its word."""

    dashboard = models.CharField(_("Dashboard"), max_length=40)
    role = models.ForeignKey("people.Role", models.CASCADE, null=True, related_name="+", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False
    )
    widgets = models.JSONField(_("Widgets"), default=list)
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role=None, user__isnull=False) | models.Q(role__isnull=False, user=None),
                name="workspaces_arrangement_for_one",
                violation_error_message=_("A dashboard is arranged for a role or for one person."),
            ),
            models.UniqueConstraint(
                fields=["user", "dashboard"],
                condition=models.Q(user__isnull=False),
                name="workspaces_arrangement_own_once",
                violation_error_message=_("You arranged this dashboard already."),
            ),
            models.UniqueConstraint(
                fields=["role", "dashboard"],
                condition=models.Q(role__isnull=False),
                name="workspaces_arrangement_role_once",
                violation_error_message=_("This dashboard is arranged for the role already."),
            ),
        ]

    def __str__(self) -> str:
        return self.dashboard
