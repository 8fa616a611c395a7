"""The form of a provider of single sign-on."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.forms import ActionForm
from leadline.people.forms.users import role_choices
from leadline.people.signing.models import Provider
from leadline.people.signing.oidc.discovery import discover
from leadline.people.signing.oidc.fetching import ProviderFailed, is_safe


class ProviderForm(ActionForm):
    """Where it is, how we are known there, and what it may decide."""

    label = forms.CharField(
        label=gettext_lazy("Name on the button"),
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "Keycloak"}),
    )
    issuer = forms.CharField(
        label=gettext_lazy("Issuer"),
        max_length=300,
        help_text=gettext_lazy(
            "Its address; the rest is found by itself at /.well-known/openid-configuration."
        ),
        widget=forms.URLInput(attrs={"placeholder": "https://id.example.com/realms/company"}),
    )
    client_id = forms.CharField(label=gettext_lazy("Client ID"), max_length=300)
    client_secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Kept encrypted and not shown again; empty leaves it as it is."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    allowed_domains = forms.CharField(
        label=gettext_lazy("Domains of e-mail"),
        required=False,
        help_text=gettext_lazy("Only people of these, with commas between; empty: any."),
        widget=forms.TextInput(attrs={"placeholder": "example.com"}),
    )
    links_by_email = forms.BooleanField(
        label=gettext_lazy("Who has an account here with the same e-mail signs in to it"),
        required=False,
        help_text=gettext_lazy("Only by an e-mail that the provider says it verified."),
    )
    creates_users = forms.BooleanField(label=gettext_lazy("Who has none gets one"), required=False)
    default_roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles of whoever comes new"),
        choices=role_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    role_claim = forms.CharField(
        label=gettext_lazy("Claim that names roles"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Where given, the provider decides about roles at each sign-in."),
        widget=forms.TextInput(attrs={"placeholder": "groups"}),
    )
    role_map = forms.CharField(
        label=gettext_lazy("What its values mean"),
        required=False,
        help_text=gettext_lazy("One on each line: value = role, such as crm-sellers = inside-sales."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    counts_as_second_factor = forms.BooleanField(
        label=gettext_lazy("It asks for a second factor itself"),
        required=False,
        help_text=gettext_lazy("Then we ask for none."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)

    @classmethod
    def of(cls, provider: Provider) -> "ProviderForm":
        """The form with what is known of a provider, but its secret."""
        known: dict[str, Any] = {name: getattr(provider, name) for name in cls.base_fields}
        known["client_secret"] = ""
        known["allowed_domains"] = ", ".join(provider.allowed_domains)
        known["role_map"] = "\n".join(f"{value} = {role}" for value, role in provider.role_map.items())
        return cls(initial=known)

    def clean_issuer(self) -> str:
        """An address that answers as the issuer that it says it is."""
        issuer = str(self.cleaned_data["issuer"]).strip()
        if not is_safe(issuer):
            raise forms.ValidationError(_("Give an address that begins with https://."))
        try:
            return discover(issuer).issuer
        except ProviderFailed as failure:
            message = _("No provider answers there: %(failure)s") % {"failure": str(failure)[:200]}
            raise forms.ValidationError(message) from failure

    def clean_allowed_domains(self) -> list[str]:
        """Bare domains in small letters."""
        given = re.split(r"[\s,;]+", str(self.cleaned_data["allowed_domains"]).casefold())
        return [domain.removeprefix("@") for domain in given if domain]

    def clean_role_map(self) -> dict[str, str]:
        """Values of the claim and the keys of our roles."""
        lines = [line for line in str(self.cleaned_data["role_map"]).splitlines() if line.strip()]
        pairs = [line.rpartition("=") for line in lines]
        if any(not (value.strip() and role.strip()) for value, _sign, role in pairs):
            raise forms.ValidationError(_("Write each line as: value = role."))
        return {value.strip(): role.strip() for value, _sign, role in pairs}
