"""The form of a team."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm
from leadline.people.models import Team, User


class TeamForm(ActionForm):
    """Its name, where it stands in the tree, and who manages it."""

    name = forms.CharField(label=_("Name"), max_length=100)
    parent = forms.ModelChoiceField(
        label=_("Stands below"),
        queryset=Team.objects.in_use().order_by("name"),
        required=False,
        empty_label=_("No other team"),
        help_text=_("A manager also sees the teams below."),
    )
    manager = forms.ModelChoiceField(
        label=_("Manager"),
        queryset=User.objects.active().order_by("name"),
        required=False,
        empty_label=_("Nobody"),
    )

    @classmethod
    def of(cls, team: Team) -> "TeamForm":
        """The form with what is known of a team."""
        return cls(initial={"name": team.name, "parent": team.parent_id, "manager": team.manager_id})


class ArchiveTeamForm(ActionForm):
    """The team that takes in what belonged to this one."""

    into = forms.ModelChoiceField(
        label=_("Its people and customers go to"),
        queryset=Team.objects.none(),
        empty_label=_("Choose a team"),
    )

    def __init__(self, *args: Any, team: Team, **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = Team.objects.in_use().exclude(pk=team.pk).order_by("name")
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
