"""Forms made from the field catalogue, so that a form keeps no list of fields of its own.

The form only carries what was typed: cleaning, and saying no, is the catalogue's, inside the action.
"""

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Catalogue, Field, catalogue
from leadline.core.forms import ActionForm
from leadline.core.localities import countries, time_zones

Options = list[tuple[Any, Any]]


class FieldsForm(ActionForm):
    """A form over fields of one catalogue; a field that was not sent is not given, and so erases nothing."""

    def clean(self) -> dict[str, Any]:
        """Only what was sent; an unticked box is never sent, and means no."""
        given = super().clean() or self.cleaned_data
        boxes = {name for name, field in self.fields.items() if isinstance(field, forms.BooleanField)}
        return {
            name: value
            for name, value in given.items()
            if name in boxes or self.add_prefix(name) in self.data
        }


class VersionedFieldsForm(FieldsForm):
    """The same over a record; `version` is what was seen when typing began (ALL-1)."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


@cache
def form_for(kind: str, names: tuple[str, ...], versioned: bool = False) -> type[ActionForm]:
    """The form class over some fields of a kind of object, in that order."""
    about = catalogue(kind)
    fields: dict[str, Any] = {name: _control(about.field(name)) for name in names}
    return type("FormOfFields", (VersionedFieldsForm if versioned else FieldsForm,), fields)


def values_of(record: Any, about: Catalogue, names: Iterable[str]) -> dict[str, Any]:
    """What a form starts from: the stored values as they are typed again."""
    values = {}
    for name in names:
        item = about.field(name)
        value: Any = getattr(record, item.model_attribute)
        if item.kind.key == "tags":
            value = ", ".join(value)
        elif item.kind.family == "link" and value is not None:
            value = value.pk
        values[name] = value
    return values


def _control(item: Field) -> forms.Field:
    label: Any = item.label
    help_text: Any = item.help
    common: dict[str, Any] = {"label": label, "help_text": help_text, "required": item.required}
    if item.kind.key == "yes_no":
        return forms.BooleanField(label=label, help_text=help_text, required=False)
    if item.kind.key in OPTIONS:
        return forms.ChoiceField(choices=_choices(item), **{**common, "required": False})
    widget = WIDGETS.get(item.kind.key, forms.TextInput)(attrs=dict(ATTRIBUTES.get(item.kind.key, {})))
    return forms.CharField(max_length=item.max_length or 10_000, widget=widget, **common)


def _choices(item: Field) -> Callable[[], Options]:
    def choices() -> Options:
        options = OPTIONS[item.kind.key](item)
        return options if item.always_set or item.required else [("", "—"), *options]

    return choices


@lru_cache(maxsize=8)
def _languages(language: str) -> Options:
    named = Locale.parse(translation.to_locale(language)).languages
    known = [(code, name) for code, name in named.items() if len(code) <= 3 and code.isalpha()]
    return sorted(known, key=lambda pair: pair[1])


OPTIONS: dict[str, Callable[[Field], Options]] = {
    "choice": lambda item: list(item.choices),
    "country": lambda item: list(countries()),
    "language": lambda item: _languages(translation.get_language() or "en"),
    "time_zone": lambda item: list(time_zones()),
}
WIDGETS: dict[str, type[forms.Widget]] = {
    "long_text": forms.Textarea,
    "email": forms.EmailInput,
    "phone": forms.TextInput,
    "website": forms.TextInput,
    "date": forms.DateInput,
}
ATTRIBUTES: dict[str, dict[str, Any]] = {
    "long_text": {"rows": 3},
    "email": {"autocomplete": "off"},
    "phone": {"type": "tel", "autocomplete": "off"},
    "website": {"inputmode": "url", "autocomplete": "off"},
    "date": {"type": "date"},
    "tags": {"placeholder": _("with commas between")},
}
