"""Forms of privacy."""

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm


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
