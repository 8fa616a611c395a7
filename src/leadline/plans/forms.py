"""Forms of capabilities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm
from leadline.plans.keys import LONGEST
from leadline.plans.models import Capability


class CapabilityForm(ActionForm):
    """What a capability is called, how it counts, and what holds without a plan."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST)
    kind = forms.ChoiceField(label=_("Kind"), choices=Capability.Kind.choices)
    default_limit = forms.DecimalField(
        label=_("Limit without a plan"),
        required=False,
        min_value=0,
        max_digits=16,
        decimal_places=4,
        help_text=_("Empty for no limit. Of a switch 0 is off, 1 on."),
    )
    description = forms.CharField(label=_("Description"), max_length=300, required=False)


class AddCapabilityForm(CapabilityForm):
    """The same for a new one, with the key by which events name it."""

    key = forms.CharField(
        label=_("Key"),
        max_length=LONGEST,
        required=False,
        help_text=_("How your platform's events name it; empty makes it of the name."),
    )


class ChangeCapabilityForm(CapabilityForm):
    """The same for one that is there; `version` tells what was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, capability: Capability, data: Any = None) -> ChangeCapabilityForm:
        """The form with what holds now."""
        limit = capability.default_limit
        start = {
            "name": capability.name,
            "kind": capability.kind,
            "default_limit": None if limit is None else format(limit.normalize(), "f"),
            "description": capability.description,
            "version": capability.version,
        }
        return cls(data, initial=start)
