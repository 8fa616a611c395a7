"""The forms about users."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm, SearchedField
from leadline.people.forms.own import language_choices, zone_choices
from leadline.people.models import Role, Team, User
from leadline.people.signing.widgets import SecretInput


def role_choices() -> list[tuple[str, str]]:
    """The roles that can be given."""
    return list(Role.objects.in_use().values_list("key", "name"))


class UserForm(ActionForm):
    """What an administrator knows of a user, in adding and in changing."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The person signs in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=role_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Permissions of several roles add up."),
        error_messages={"required": _("Choose at least one role.")},
    )
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.in_use().order_by("name"),
        required=False,
        empty_label=_("No team"),
    )
    manager = SearchedField(
        User.objects.active(),
        source="people:options",
        label=_("Manager"),
        required=False,
        help_text=_("Left empty, the team's manager."),
    )
    capacity = forms.IntegerField(
        label=_("Portfolio capacity"),
        min_value=0,
        max_value=10**9,
        required=False,
        help_text=_("How many customers the person can look after."),
    )
    phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices, required=False)


def password_field() -> forms.CharField:
    """A password that an administrator chooses for somebody."""
    return forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        help_text=_("At least 10 characters. Hand it over in person; it can be changed after signing in."),
        widget=SecretInput(new=True),
    )


class AddUserForm(UserForm):
    """A new user, with a first password."""

    password = password_field()


class ChangeUserForm(UserForm):
    """A known user, who may also leave."""

    is_active = forms.BooleanField(
        label=_("Can sign in"),
        required=False,
        help_text=_("Without it, the person is signed out at once; what they did and own stays."),
    )

    @classmethod
    def of(cls, user: User) -> "ChangeUserForm":
        """The form with what is known of a user."""
        known: dict[str, Any] = {name: getattr(user, name) for name in cls.base_fields if name != "roles"}
        return cls(initial={**known, "roles": [role.key for role in user.roles.all()]})


class NewPasswordForm(ActionForm):
    """A new password for somebody who forgot theirs."""

    password = password_field()
