"""What everybody may change of themselves."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm
from leadline.core.localities import time_zones
from leadline.people.models import User
from leadline.people.signing.widgets import SecretInput, new_password_help


def zone_choices() -> list[tuple[str, Any]]:
    """Every time zone, and first the one that holds for the organisation."""
    return [("", _("As the organisation")), *time_zones()]


def language_choices() -> list[tuple[str, Any]]:
    """Every language of the pages, and first the one that holds for the organisation."""
    return [("", _("As the organisation")), *settings.LANGUAGES]


class ProfileForm(ActionForm):
    """Name, phone, language and time zone."""

    name = forms.CharField(
        label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        required=False,
        help_text=_("Times are shown in this zone."),
    )

    @classmethod
    def of(cls, user: User) -> "ProfileForm":
        """The form with what is known of a person."""
        return cls(initial={name: getattr(user, name) for name in cls.base_fields})


class PasswordForm(ActionForm):
    """The present password and the new one."""

    old = forms.CharField(
        label=_("Present password"),
        max_length=200,
        strip=False,
        widget=SecretInput(),
    )
    new = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=lazy(new_password_help, str)(),
        widget=SecretInput(new=True),
    )


def scope_choices() -> list[tuple[str, Any]]:
    """What a token can be narrowed to; the API says which parts it has."""
    return import_string(settings.LEADLINE_TOKEN_SCOPES)()


class TokenForm(ActionForm):
    """What a new token is for, how long it holds, and what it may do."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("Nightly export")}),
    )
    days = forms.TypedChoiceField(
        label=_("Holds for"),
        choices=[
            ("30", _("30 days")),
            ("90", _("90 days")),
            ("365", _("A year")),
            ("", _("Until it is revoked")),
        ],
        initial="90",
        required=False,
        coerce=int,
        empty_value=None,
    )
    scopes = forms.MultipleChoiceField(
        label=_("Only for"),
        choices=scope_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none, and it may do all that you may."),
    )
