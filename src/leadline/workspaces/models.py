"""Dashboards as somebody arranged them; those that nobody altered stand in the code alone."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.core.history import tracked

if TYPE_CHECKING:
    from leadline.people.models import User

OWN = "own-"


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


class OwnDashboardQuerySet(models.QuerySet["OwnDashboard"]):
    """Dashboards that people made, by whom they are for."""

    def visible_to(self, user: "User") -> "OwnDashboardQuerySet":
        """One's own, and those shared with one's team, the teams one manages, or one of one's roles."""
        teams = [*user.grants.managed_teams, *([user.team_id] if user.team_id else [])]
        return self.filter(
            models.Q(user=user) | models.Q(team__in=teams) | models.Q(role__key__in=user.grants.roles)
        )

    def in_use(self) -> "OwnDashboardQuerySet":
        """Without the archived, in their order."""
        return self.filter(archived_at=None).order_by("position", "pk")


@tracked(kind="own_dashboard", leave_out=("version", "updated_at"))
class OwnDashboard(models.Model):
    """A dashboard that somebody made, alone or for a team or a role; each sees what they may (WSP-1)."""

    name = models.CharField(_("Name"), max_length=60)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="dashboards")
    team = models.ForeignKey(
        "people.Team", models.SET_NULL, null=True, related_name="+", verbose_name=_("Shared with team")
    )
    role = models.ForeignKey(
        "people.Role", models.SET_NULL, null=True, related_name="+", verbose_name=_("Shared with role")
    )
    widgets = models.JSONField(_("Widgets"), default=list)
    position = models.PositiveIntegerField(_("Place in the order"), default=0)
    archived_at = models.DateTimeField(_("Archived"), null=True)
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = OwnDashboardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="workspaces_own_dashboard_named",
                violation_error_message=_("Give the dashboard a name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """Its word in addresses."""
        return f"{OWN}{self.pk}"
