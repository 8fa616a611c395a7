"""The forms of roles."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from leadline.core.forms import ActionForm
from leadline.people.models import Role
from leadline.people.permissions import Permission, Permissions, registered_permissions
from leadline.people.provided_roles import Grants
from leadline.people.scope import WIDTH
from leadline.people.wording import SCOPES


class RoleForm(ActionForm):
    """Name, purpose, and a choice of scope for each permission that any app declares.

    The grid is named as the API names it: `grants.customer.export`.
    """

    name = forms.CharField(label=_("Name"), max_length=100)
    purpose = forms.CharField(
        label=_("Purpose"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for found in registered_permissions():
            for each in found.permissions:
                self.fields[field_of(each)] = _control(each)

    @classmethod
    def of(cls, role: Role) -> "RoleForm":
        """The form with what a role is and allows."""
        return cls(initial={**start_of(role), "version": role.version})

    def clean(self) -> dict[str, Any]:
        """The answers as the action takes them."""
        given = super().clean() or self.cleaned_data
        grants: Grants = {}
        for found in registered_permissions():
            for each in found.permissions:
                scope = given.pop(field_of(each), "")
                if scope:
                    grants.setdefault(each.kind, {})[each.verb] = "all" if scope is True else scope
        return {**given, "grants": grants}

    def grids(self) -> Iterator[tuple[Permissions, list[tuple[Permission, list[Any]]]]]:
        """Each object whose verbs have scopes, its verbs, and for each scope its button or nothing."""
        for found in registered_permissions():
            rows = [(each, self._buttons(each)) for each in found.permissions if not each.is_plain]
            if rows:
                yield found, rows

    def plain(self) -> list[tuple[Permission, BoundField]]:
        """What a role has or not."""
        every = (each for found in registered_permissions() for each in found.permissions)
        return [(each, self[field_of(each)]) for each in every if each.is_plain]

    def _buttons(self, each: Permission) -> list[Any]:
        drawn = {str(button.data["value"]): button for button in self[field_of(each)].subwidgets}
        return [drawn.get(scope) for scope in ("", *WIDTH)]


class CloneRoleForm(ActionForm):
    """What the copy of a role is called and is for."""

    name = forms.CharField(label=_("Name"), max_length=100)
    purpose = forms.CharField(
        label=_("Purpose"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class NoQuestions(ActionForm):
    """For a verb that only needs a yes."""


def field_of(each: Permission) -> str:
    """What a permission is called in the form."""
    return f"grants.{each.kind}.{each.verb}"


def start_of(role: Role) -> dict[str, Any]:
    """What a form of a role starts from."""
    every = (each for found in registered_permissions() for each in found.permissions)
    scopes = {field_of(each): role.grants.get(each.kind, {}).get(each.verb, "") for each in every}
    return {"name": role.name, "purpose": role.purpose, **scopes}


def _control(each: Permission) -> forms.Field:
    label: Any = each.label
    if each.is_plain:
        help_text: Any = each.help
        return forms.BooleanField(label=label, help_text=help_text, required=False)
    choices = [("", _("Not at all")), *((scope, SCOPES.get(scope, scope)) for scope in each.scopes)]
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)
