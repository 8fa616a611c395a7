"""The first account of an installation."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm
from leadline.people.signing.widgets import SecretInput, new_password_help


class AdministratorForm(ActionForm):
    """Who sets up Leadline and lets the others in."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        help_text=lazy(new_password_help, str)(),
        widget=SecretInput(new=True),
    )
