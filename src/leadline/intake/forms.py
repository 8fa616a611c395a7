"""The form of an address and its mailbox."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm
from leadline.core.localities import languages
from leadline.intake.models import IntakeAddress


class AddressForm(ActionForm):
    """Which address, where its letters lie, and what its leads get."""

    email = forms.CharField(
        label=_("Address"),
        max_length=254,
        help_text=_("Who writes to it becomes a lead."),
        widget=forms.TextInput(attrs={"placeholder": "sales@example.com", "autocomplete": "off"}),
    )
    host = forms.CharField(
        label=_("Mail server"),
        max_length=253,
        required=False,
        help_text=_("Its IMAP name; empty: letters are handed in by your mail server or by the API."),
        widget=forms.TextInput(attrs={"placeholder": "imap.example.com", "autocomplete": "off"}),
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65_535, initial=993)
    security = forms.ChoiceField(
        label=_("Encryption"), choices=IntakeAddress.Security.choices, initial=IntakeAddress.Security.TLS
    )
    user_name = forms.CharField(
        label=_("User name"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        required=False,
        strip=False,
        help_text=_("Kept encrypted and not shown again; empty leaves it as it is."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    folder = forms.CharField(label=_("Folder"), max_length=200, initial="INBOX")
    language = forms.ChoiceField(
        label=_("Language"), choices=lambda: [("", _("unknown")), *languages()], required=False
    )
    source = forms.CharField(label=_("Source"), max_length=100, required=False, initial=_("E-mail"))
    campaign = forms.CharField(label=_("Campaign"), max_length=100, required=False)
    desk = forms.ChoiceField(label=_("Desk"), choices=IntakeAddress.Desk.choices)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, address: IntakeAddress) -> "AddressForm":
        """The form with what is known of an address, but its password."""
        known: dict[str, Any] = {name: getattr(address, name) for name in cls.base_fields}
        return cls(initial={**known, "password": ""})
