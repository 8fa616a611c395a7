"""Forms of the platform's settings."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm
from leadline.platform.models import platform_rules
from leadline.platform.models.rules import LEAST_KEPT, MOST_KEPT


class IngestKeyForm(ActionForm):
    """What a key is called."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("Who signs with it, such as the shop's server."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PlatformRulesForm(ActionForm):
    """How long somebody counts as online, and by which name external ids are the platform's."""

    online_minutes = forms.IntegerField(
        label=_("Online for (minutes)"),
        min_value=1,
        max_value=120,
        help_text=_("So long after the last sign of life somebody counts as online."),
    )
    system = forms.CharField(
        label=_("Name of the platform"),
        max_length=100,
        help_text=_("External ids of customers under this name are the platform's ids."),
    )

    @classmethod
    def of_now(cls) -> PlatformRulesForm:
        """The form with what holds now."""
        rules = platform_rules()
        return cls(initial={"online_minutes": rules.online_minutes, "system": rules.system})


class KeepingForm(ActionForm):
    """How many months of events stay."""

    months = forms.IntegerField(
        label=_("Months kept"),
        required=False,
        min_value=LEAST_KEPT,
        max_value=MOST_KEPT,
        help_text=_("Older months go into files, each night. Leave it empty to keep all here."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    @classmethod
    def of_now(cls) -> KeepingForm:
        """The form with what holds now."""
        return cls(initial={"months": platform_rules().months_kept})
