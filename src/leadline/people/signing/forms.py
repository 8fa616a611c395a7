"""The forms of signing in."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.forms import ActionForm
from leadline.core.refusals import RuleBroken
from leadline.people.forms.users import role_choices
from leadline.people.models import Role, Team, User
from leadline.people.signing.knocking import who_knocks
from leadline.people.signing.models import signing_rules
from leadline.people.signing.passwords import LONGEST
from leadline.people.signing.widgets import OneTimeCode, SecretInput, new_password_help


def new_password_field(label: Any) -> forms.CharField:
    """A password that somebody chooses for themselves."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        strip=False,
        help_text=lazy(new_password_help, str)(),
        widget=SecretInput(new=True),
    )


class SignInForm(forms.Form):
    """E-mail and password; says only that the two do not fit, never which one."""

    user: User | None = None

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn", "autofocus": True}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"), max_length=LONGEST, strip=False, widget=SecretInput()
    )

    def knows(self, request: HttpRequest) -> bool:
        """Whether somebody signs in with these; the errors say what to do otherwise."""
        if not self.is_valid():
            return False
        try:
            self.user = who_knocks(request, **self.cleaned_data)
        except RuleBroken as refusal:
            self.add_error(None, refusal.message)
        else:
            if self.user is None:
                self.add_error(None, _("E-mail and password do not fit. Try again, or ask an administrator."))
        return self.user is not None


class ConfirmForm(ActionForm):
    """One's own password, once more, or a code of the app."""

    password = forms.CharField(
        label=gettext_lazy("Your password, or a code of your app"),
        max_length=LONGEST,
        strip=False,
        widget=SecretInput(attrs={"autofocus": True}),
    )


class CodeForm(ActionForm):
    """Six digits of the app, or where one is asked in signing in also a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=40, widget=OneTimeCode(autofocus=True, inputmode="text")
    )


class PasskeyForm(ActionForm):
    """What a browser made, and how one calls it."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("So that you know which one it is: “Phone”, “Laptop”, “Key on the key ring”."),
    )
    credential = forms.CharField(max_length=20_000, widget=forms.HiddenInput)


class NewPasswordForm(ActionForm):
    """A new password, with nothing to prove but what led here."""

    password = new_password_field(gettext_lazy("New password"))


class ForgotForm(forms.Form):
    """The e-mail to which a link goes."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class NewEmailForm(ActionForm):
    """The e-mail one wants to sign in with."""

    email = forms.CharField(
        label=gettext_lazy("New e-mail"),
        max_length=254,
        help_text=gettext_lazy("We send a link there; it changes once you have opened it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AcceptForm(ActionForm):
    """Who was invited says who it is."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    password = new_password_field(gettext_lazy("Password"))


class InviteForm(ActionForm):
    """Whom, as what, and where."""

    email = forms.CharField(
        label=gettext_lazy("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=Team.objects.in_use().order_by("name"),
        required=False,
        empty_label=gettext_lazy("No team"),
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        choices=role_choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one role.")},
    )


class SigningRulesForm(ActionForm):
    """How long sessions last, who needs a second factor, what "view as" allows."""

    idle_hours = forms.IntegerField(
        label=gettext_lazy("Hours without use"),
        min_value=1,
        max_value=720,
        help_text=gettext_lazy("After so many hours without a click, a browser is signed out."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    lifetime_days = forms.IntegerField(
        label=gettext_lazy("Days in all"),
        min_value=1,
        max_value=90,
        help_text=gettext_lazy("After so many days everybody signs in anew."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    second_factor_roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles that need a second factor"),
        choices=role_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Whoever has one of these roles sets up a code app or a passkey before anything else."
            " Their tokens for programs rest until they have."
        ),
    )
    view_as_may_write = forms.BooleanField(
        label=gettext_lazy("Administrators who view as somebody may also change things"),
        required=False,
        help_text=gettext_lazy("Otherwise they only look. Both names stand in the history either way."),
    )
    single_sign_on_only = forms.BooleanField(
        label=gettext_lazy("Only single sign-on"),
        required=False,
        help_text=gettext_lazy(
            "Passwords then let in administrators alone, for the day when the provider fails."
        ),
    )

    @classmethod
    def of_now(cls) -> "SigningRulesForm":
        """The form with what holds now."""
        rules = signing_rules()
        names = ("idle_hours", "lifetime_days", "view_as_may_write", "single_sign_on_only")
        required = Role.objects.filter(second_factor_required=True).values_list("key", flat=True)
        return cls(
            initial={**{name: getattr(rules, name) for name in names}, "second_factor_roles": list(required)}
        )
