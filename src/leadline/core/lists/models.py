"""Saved views: a list as somebody likes it, kept under a name (CUS-5)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views, by who may see them."""

    def visible_to(self, user: Any) -> "SavedViewQuerySet":
        """The person's own, those of the person's teams, and those for everybody."""
        shown = models.Q(owner=user) | models.Q(visibility=SavedView.Visibility.EVERYBODY)
        teams = {user.team_id, *user.grants.managed_teams} - {None}
        if teams:
            shown |= models.Q(visibility=SavedView.Visibility.TEAM, team_id__in=teams)
        return self.filter(shown)

    def of_kind(self, kind: str) -> "SavedViewQuerySet":
        """The views of one list, in their order."""
        return self.filter(kind=kind).order_by("position", Lower("name"), "pk")


class SavedView(models.Model):
    """Search, filter, order and columns under a name; `team_id` is the owner's team when shared with it.

    What a view shows is asked anew, within the scope of whoever looks: sharing a view shares no record.
    """

    class Visibility(models.TextChoices):
        PRIVATE = "private", _("Only me")
        TEAM = "team", _("My team")
        EVERYBODY = "everybody", _("Everybody")

    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(max_length=40)
    visibility = models.CharField(
        _("Shown to"), max_length=10, choices=Visibility, default=Visibility.PRIVATE
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views")
    team_id = models.BigIntegerField(null=True, blank=True)
    where = models.JSONField(default=dict, blank=True)
    columns = models.JSONField(default=list, blank=True)
    sort = models.CharField(max_length=80, blank=True)
    q = models.CharField(max_length=200, blank=True, default="", db_default="")
    archived = models.CharField(max_length=4, blank=True, default="", db_default="")
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    opens = False  # set by `tabs_for`: whether the list opens with it for the person asked for

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "owner",
                "kind",
                Lower("name"),
                name="core_savedview_name_once",
                violation_error_message=_("You already have a view of this name for this list."),
            ),
            models.CheckConstraint(
                condition=~models.Q(visibility="team") | models.Q(team_id__isnull=False),
                name="core_savedview_team_is_named",
                violation_error_message=_("A view for a team names the team."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "visibility", "team_id"], name="core_savedview_shown")]

    def __str__(self) -> str:
        return self.name


class DefaultView(models.Model):
    """The view that a list opens with for one person; it may be a view that somebody shared."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="default_views")
    kind = models.CharField(max_length=40)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="default_for")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="core_defaultview_once",
                violation_error_message=_("A list opens with one view."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.view}"
