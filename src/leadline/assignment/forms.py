"""The forms of rules, shares, the overflow owner, and periods."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.assignment.models import Rule
from leadline.assignment.reading import fields_naming_people
from leadline.core.forms import ActionForm, SearchedField
from leadline.people.models import Team, User
from leadline.people.queries import teams_to_choose
from leadline.people.working.models import Skill


def _somebody(label: Any, *, required: bool, help_text: Any = "") -> SearchedField:
    return SearchedField(
        User.objects.active(), source="people:options", label=label, required=required, help_text=help_text
    )


class RuleForm(ActionForm):
    """A rule but for which records it is for; its answers are the action's."""

    name = forms.CharField(label=_("Name"), max_length=80)
    way = forms.ChoiceField(label=_("How one is chosen"), choices=Rule.Way.choices, widget=forms.RadioSelect)
    field = forms.ChoiceField(
        label=_("Field with the person"), required=False, help_text=_("For who was asked for by name.")
    )
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.in_use(),
        required=False,
        help_text=_("Its people, and those of teams below."),
    )
    people = forms.TypedMultipleChoiceField(
        label=_("Certain people"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    in_territory = forms.BooleanField(label=_("Members of its territory"), required=False)
    speaks = forms.BooleanField(label=_("Who speak its language"), required=False)
    at_work = forms.BooleanField(label=_("Who are at work at that moment"), required=False)
    skills = forms.TypedMultipleChoiceField(
        label=_("Who know"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    overflow = _somebody(
        _("Overflow owner"),
        required=False,
        help_text=_("If this rule finds nobody and no later one does. Empty: that of all rules."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, owns: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["field"].choices = [("", "—"), *fields_naming_people(kind)]
        fields["team"].choices = [("", "—"), *teams_to_choose()]
        fields["people"].choices = list(_owning(kind, owns).values_list("pk", "name"))
        skills = Skill.objects.filter(retired_at=None).order_by("kind", "name")
        fields["skills"].choices = list(skills.values_list("pk", "name"))

    @classmethod
    def of(cls, rule: Rule, *, owns: str) -> "RuleForm":
        """The form with what a rule says."""
        names = ("name", "way", "field", "team", "people", "in_territory", "speaks", "at_work", "skills")
        known = {name: getattr(rule, name) for name in (*names, "version")}
        known |= {"team": rule.team_id, "overflow": rule.overflow_id}
        return cls(initial=known, kind=rule.kind, owns=owns)


def _owning(kind: str, owns: str) -> Any:
    able = {"roles__retired_at": None, f"roles__grants__{kind}__has_key": owns}
    return User.objects.active().filter(**able).distinct().order_by("name")


class WhichForm(ActionForm):
    """A condition as JSON, as the page made it."""

    where = forms.CharField(max_length=100_000, widget=forms.HiddenInput)


class PlaceForm(ActionForm):
    """A place in the order, from 1."""

    to = forms.IntegerField(min_value=1, max_value=10_000)


class SwitchForm(ActionForm):
    """On or off."""

    is_on = forms.BooleanField(required=False)


class OverflowForm(ActionForm):
    """Who takes what no rule places."""

    owner = _somebody(_("Overflow owner"), required=False, help_text=_("Takes what no rule places."))


class ShareForm(ActionForm):
    """How much somebody takes."""

    weight = forms.IntegerField(
        label=_("Share in percent"),
        min_value=0,
        max_value=200,
        help_text=_("100 is a full share, 50 half of it; 0 takes none."),
    )
    capacity = forms.IntegerField(
        label=_("At most open"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("Empty: no bound."),
    )


class PeriodForm(ActionForm):
    """From the first to the last day; empty for the last thirty."""

    first = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
