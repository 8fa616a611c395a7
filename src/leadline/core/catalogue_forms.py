"""Forms made from the field catalogue, so that a form keeps no list of fields of its own.

The form only carries what was typed: cleaning, and saying no, is the catalogue's, inside the action.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from leadline.core.custom.values import listed
from leadline.core.fields import Catalogue, Field, catalogue
from leadline.core.fields.catalogue import Joined
from leadline.core.forms import ActionForm, Searched
from leadline.core.ids import numeric_id
from leadline.core.localities import countries, languages, time_zones

Options = list[tuple[Any, Any]]


class SeveralField(forms.MultipleChoiceField):
    """Some of the choices; an empty one is none."""

    def to_python(self, value: Any) -> list[str]:
        """Without what is empty."""
        return [each for each in super().to_python(value) if each]


class PointingField(forms.CharField):
    """Somebody or a record, chosen by typing; holds the id, shows the name to who sees it (`fit_custom`)."""

    user: Any = None

    def __init__(self, *, kind: str, source: str, **options: Any):
        super().__init__(widget=Searched(source), **options)
        self.kind = kind

    def shown(self, value: Any) -> str:
        """The name of the one that the field holds."""
        key = numeric_id(str(value or ""))
        if key is None or self.user is None:
            return str(value or "")
        rows: Any = apps.get_model(catalogue(self.kind).model)._default_manager.all()
        return str(rows.visible_to(self.user).filter(pk=key).first() or value)

    def finds(self, target: Any) -> bool:
        """Whether the person could choose this one: somebody active, or a record that they see."""
        rows: Any = apps.get_model(catalogue(self.kind).model)._default_manager.all()
        chosen = rows.active() if self.kind == "user" else rows.visible_to(self.user)
        return bool(chosen.filter(pk=target).exists())


UNTICKED = (forms.BooleanField, SeveralField)  # where nothing is ticked, nothing is sent


class FieldsForm(ActionForm):
    """A form over fields of one catalogue; a field that was not sent is not given, and so erases nothing."""

    about = ""  # the kind of object

    def clean(self) -> dict[str, Any]:
        """Only what was sent; an unticked box is never sent, and means no."""
        given = super().clean() or self.cleaned_data
        boxes = {name for name, field in self.fields.items() if isinstance(field, UNTICKED)}
        return {
            name: value
            for name, value in given.items()
            if name in boxes or self.add_prefix(name) in self.data
        }

    @property
    def custom_sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The custom fields of the form, section by section."""
        sections: dict[str, list[forms.BoundField]] = {}
        for item in catalogue(self.about).by_name.values() if self.about else ():
            if item.stored_in and item.name in self.fields:
                sections.setdefault(str(item.section), []).append(self[item.name])
        return list(sections.items())


class VersionedFieldsForm(FieldsForm):
    """The same over a record; `version` is what was seen when typing began (ALL-1)."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


def form_for(kind: str, names: tuple[str, ...], versioned: bool = False) -> type[ActionForm]:
    """The form class over some fields of a kind of object, in that order."""
    return _form_for(kind, names, versioned, catalogue(kind).now)


def form_of(item: Field) -> ActionForm:
    """A form with just one field, to show how it looks."""
    made: ActionForm = type("FormOfOne", (FieldsForm,), {item.name: _control(item)})()
    return made


@lru_cache(maxsize=128)
def _form_for(kind: str, names: tuple[str, ...], versioned: bool, now: Joined) -> type[ActionForm]:
    """Made once as long as the catalogue stays what it is."""
    fields: dict[str, Any] = {name: _control(now.by_name[name]) for name in names}
    return type(
        "FormOfFields", (VersionedFieldsForm if versioned else FieldsForm,), {"about": kind, **fields}
    )


def custom_names(kind: str, user: Any, *, required: bool = False) -> tuple[str, ...]:
    """The custom fields that a person may set; with `required` those that a new record must have."""
    found = catalogue(kind).custom_for(user, to_set=True)
    return tuple(item.name for item in found if item.required or not required)


def default_of(kind: str, name: str) -> Any:
    """What a form for a new record starts from, as it is typed: what it would get where nothing is given."""
    item = catalogue(kind).by_name[name]
    if not item.stored_in:
        return apps.get_model(catalogue(kind).model)._meta.get_field(item.model_attribute).get_default()
    if item.default is None or isinstance(item.default, list | date):
        return item.default
    return item.export(item.default)


def fit_custom(form: ActionForm, about: Catalogue, user: Any, record: Any = None) -> ActionForm:
    """Let custom fields of a form name what they point at, and offer retired choices that the record has.

    What points at somebody deactivated, or at a record out of the person's sight, is no field of the form: it
    stays as it is, as nobody changes what nobody sees.
    """
    for item in about.by_name.values():
        control: Any = form.fields.get(item.name)
        if isinstance(control, PointingField):
            control.user = user
            held = record is not None and item.value_of(record)
            if held and not control.finds(held):
                del form.fields[item.name]
        elif control is not None and item.retired and record is not None:
            kept = item.retired & set(listed(item.value_of(record)))
            labels = [(key, _("%(choice)s (retired)") % {"choice": item.choice_labels[key]}) for key in kept]
            control.choices = [*control.choices, *labels]
    return form


def values_of(record: Any, about: Catalogue, names: Iterable[str]) -> dict[str, Any]:
    """What a form starts from: the stored values as they are typed again."""
    values = {}
    for name in names:
        item = about.field(name)
        value: Any = item.value_of(record)
        if item.kind.key == "tags":
            value = ", ".join(value)
        elif item.kind.family == "link":
            value = getattr(value, "pk", value)
        elif item.stored_in and item.kind.key not in ("several", "date"):
            value = item.export(value)
        values[name] = value
    return values


def _control(item: Field) -> forms.Field:
    label: Any = item.label
    help_text: Any = item.help
    common: dict[str, Any] = {"label": label, "help_text": help_text, "required": item.required}
    if item.kind.key == "several":
        few = len(item.offered) <= MOST_BOXES
        several: Any = forms.CheckboxSelectMultiple() if few else forms.SelectMultiple(attrs={"size": 8})
        return SeveralField(choices=item.offered, widget=several, **common)
    if item.kind.family == "link" and item.stored_in:
        target = item.kind.target(item)  # type: ignore[attr-defined]
        return PointingField(kind=target, source=SOURCES[target], **common)
    if item.kind.key == "yes_no" and item.kind.empty is not None:
        return forms.BooleanField(label=label, help_text=help_text, required=False)
    if item.kind.key in OPTIONS:
        required = item.required and bool(item.stored_in)
        return forms.ChoiceField(choices=_choices(item), **{**common, "required": required})
    widget = WIDGETS.get(item.kind.key, forms.TextInput)(attrs=dict(ATTRIBUTES.get(item.kind.key, {})))
    return forms.CharField(max_length=item.max_length or 10_000, widget=widget, **common)


def _choices(item: Field) -> Callable[[], Options]:
    def choices() -> Options:
        options = OPTIONS[item.kind.key](item)
        return options if item.always_set else [("", "—"), *options]

    return choices


OPTIONS: dict[str, Callable[[Field], Options]] = {
    "choice": lambda item: list(item.offered),
    "several": lambda item: list(item.choices),
    "yes_no": lambda item: [("yes", _("Yes")), ("no", _("No"))],
    "country": lambda item: list(countries()),
    "language": lambda item: list(languages()),
    "time_zone": lambda item: list(time_zones()),
}
SOURCES: dict[str, str] = {}  # kind of record → the address that answers what is typed to find one
MOST_BOXES = 12
WIDGETS: dict[str, Callable[..., forms.Widget]] = {
    "long_text": forms.Textarea,
    "email": forms.EmailInput,
    "phone": forms.TextInput,
    "website": forms.TextInput,
    "date": partial(forms.DateInput, format="%Y-%m-%d"),
}
ATTRIBUTES: dict[str, dict[str, Any]] = {
    "long_text": {"rows": 3},
    "email": {"autocomplete": "off"},
    "phone": {"type": "tel", "autocomplete": "off"},
    "website": {"inputmode": "url", "autocomplete": "off"},
    "date": {"type": "date"},
    "number": {"inputmode": "decimal", "autocomplete": "off"},
    "money": {"inputmode": "decimal", "autocomplete": "off"},
    "tags": {"placeholder": _("with commas between")},
}
