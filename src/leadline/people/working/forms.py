"""The forms of hours, absences and skills."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm, SearchedField
from leadline.people.models import User
from leadline.people.working.hours import WEEKDAY_NAMES, WEEKDAYS, written_hours
from leadline.people.working.models import Absence, HeldSkill, Skill


class HoursForm(ActionForm):
    """A text for each weekday."""

    @classmethod
    def of(cls, person: User) -> "HoursForm":
        """The form with what somebody said, or with the usual hours."""
        return cls(initial=written_hours(person.hours))


HoursForm.base_fields.update(
    {
        weekday: forms.CharField(
            label=WEEKDAY_NAMES[weekday],
            max_length=120,
            required=False,
            widget=forms.TextInput(attrs={"placeholder": _("free"), "autocomplete": "off"}),
        )
        for weekday in WEEKDAYS
    }
)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class AbsenceForm(ActionForm):
    """From when until when, why, and who stands in."""

    begins_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    kind = forms.ChoiceField(
        label=_("Why"),
        choices=Absence.Kind.choices,
        help_text=_("Only the manager and administrators read this."),
    )
    deputy = SearchedField(
        User.objects.none(),
        source="people:options",
        label=_("Deputy"),
        required=False,
        help_text=_("Stands in during this time."),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = User.objects.active().exclude(pk=person.pk)
        self.fields["deputy"].queryset = others  # type: ignore[attr-defined]

    @classmethod
    def of(cls, absence: Absence) -> "AbsenceForm":
        """The form with what is known of an absence."""
        known = {"begins_on": absence.begins_on, "ends_on": absence.ends_on}
        return cls(initial={**known, "kind": absence.kind, "deputy": absence.deputy_id}, person=absence.user)


class SkillsForm(ActionForm):
    """A level for each skill of the catalogue; `levels` is what the action takes."""

    def __init__(self, *args: Any, person: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        held = dict(HeldSkill.objects.filter(user=person).values_list("skill", "level"))
        for skill in Skill.objects.filter(retired_at=None).order_by("kind", "name"):
            self.fields[f"skill_{skill.pk}"] = forms.TypedChoiceField(
                label=skill.name,
                choices=[("", _("no")), *HeldSkill.Level.choices],
                coerce=int,
                empty_value=None,
                required=False,
                initial=held.get(skill.pk, ""),
            )

    def clean(self) -> dict[str, Any]:
        """The levels by skill, without those that the person does not have."""
        given = super().clean() or self.cleaned_data
        levels = {int(name.removeprefix("skill_")): level for name, level in given.items() if level}
        return {"levels": levels}


class SkillForm(ActionForm):
    """What a skill is called, and whether it is a language."""

    name = forms.CharField(label=_("Name"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=Skill.Kind.choices)

    @classmethod
    def of(cls, skill: Skill) -> "SkillForm":
        """The form with what is known of a skill."""
        return cls(initial={"name": skill.name, "kind": skill.kind})


class MergeSkillForm(ActionForm):
    """The skill that stays."""

    into = forms.ModelChoiceField(label=_("Merge into"), queryset=Skill.objects.none(), empty_label=None)

    def __init__(self, *args: Any, skill: Skill, **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = Skill.objects.filter(retired_at=None).exclude(pk=skill.pk).order_by("name")
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
