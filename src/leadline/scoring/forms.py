"""The forms of scoring."""

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm


class RuleForm(ActionForm):
    """A rule's name and points; its condition is built beside them."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("It is shown as the reason."))
    points = forms.IntegerField(
        label=_("Points"), min_value=-100, max_value=100, help_text=_("Below 0 the score is lowered.")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class BandsForm(ActionForm):
    """From which score on leads are hot, and warm."""

    hot_from = forms.IntegerField(label=_("Hot from"), min_value=2, max_value=100)
    warm_from = forms.IntegerField(
        label=_("Warm from"), min_value=1, max_value=99, help_text=_("Below it a lead is cool.")
    )


class LearningForm(ActionForm):
    """How learning goes by itself."""

    is_automatic = forms.BooleanField(
        label=_("Use a model by itself when it beats the rules on later leads"), required=False
    )
    horizon_days = forms.IntegerField(
        label=_("Days until an open lead counts as not converted"), min_value=14, max_value=365
    )
