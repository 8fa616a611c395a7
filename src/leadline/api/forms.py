"""The form of a webhook."""

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.api.models import Webhook
from leadline.core.events import event_classes
from leadline.core.forms import ActionForm


def event_choices() -> list[tuple[str, str]]:
    """Every event by the name that a receiver gets, in the order of the apps."""
    return [(name, name) for name in event_classes()]


class WebhookForm(ActionForm):
    """What it is called, where it leads, and what it is told of."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("Warehouse"), "autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=2000,
        help_text=_("Events are sent there by POST, as JSON with a signature."),
        widget=forms.TextInput(
            attrs={"type": "url", "placeholder": "https://example.com/hook", "autocomplete": "off"}
        ),
    )
    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=event_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to be told of all, also of those that later versions bring."),
    )

    @classmethod
    def of(cls, webhook: Webhook) -> "WebhookForm":
        """The form with what is known of a webhook."""
        return cls(initial={"name": webhook.name, "address": webhook.address, "events": webhook.events})
