"""Forms of privacy."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm
from leadline.core.lists.models import SavedView
from leadline.governance.models import RetentionRule
from leadline.governance.retention import retained_kinds


class DecideForm(ActionForm):
    """The file, and what becomes of it."""

    holder = forms.CharField(max_length=60)
    file = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    erase = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda word: word == "yes")


class EraseForm(ActionForm):
    """Why a person is erased, and what happens under a legal hold."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("As: asked by letter of 3 May. Without the name: the reason is kept."),
    )
    wait = forms.BooleanField(
        label=_("Wait for the end of a legal hold"), required=False, help_text=_("Otherwise it is refused.")
    )


class ConfirmForm(ActionForm):
    """The name, typed as it stands there."""

    name = forms.CharField(
        label=_("Name of the person"),
        max_length=200,
        help_text=_("Type it as it stands above."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class HoldForm(ActionForm):
    """Why and until when a person must not be erased."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
    until = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("The last day on which it holds. Without one, until it is lifted."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class RetentionForm(ActionForm):
    """What a rule is about, from a saved view of its list, and what it does."""

    name = forms.CharField(label=_("Name"), max_length=100)
    kind = forms.ChoiceField(label=_("What"))
    view = forms.ChoiceField(
        label=_("Which"),
        required=False,
        help_text=_("The filter of a saved view; a later change of the view does not change the rule."),
    )
    days = forms.IntegerField(label=_("Days"), min_value=30, max_value=36_500)
    since = forms.ChoiceField(label=_("Counted"), choices=RetentionRule.Since.choices)
    deed = forms.ChoiceField(
        label=_("Then"),
        choices=RetentionRule.Deed.choices,
        help_text=_("What is made anonymous can't be brought back. Only persons can be."),
    )
    is_active = forms.BooleanField(label=_("On"), required=False, help_text=_("It runs each night."))

    def __init__(self, *args: Any, rule: RetentionRule | None, views: list[SavedView], **kwargs: Any):
        shown = ("name", "kind", "days", "since", "deed", "is_active")
        initial = {name: getattr(rule, name) for name in shown} if rule else {"days": 730}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.fields["kind"].choices = list(retained_kinds().items())  # type: ignore[attr-defined]
        first = [("keep", _("As it is"))] if rule and rule.where else []
        found = [(str(view.pk), f"{retained_kinds()[view.kind]}: {view.name}") for view in views]
        self.fields["view"].choices = [*first, ("", _("All")), *found]  # type: ignore[attr-defined]
