"""Forms over the definition of a custom field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.custom.actions.making import SETTINGS
from leadline.core.custom.building import kind_of
from leadline.core.custom.converting import kinds_for
from leadline.core.custom.models import CustomField
from leadline.core.custom.rules import KEYS
from leadline.core.custom.values import listed
from leadline.core.fields import catalogue
from leadline.core.forms import ActionForm
from leadline.core.localities import currencies
from leadline.core.organisation import organisation
from leadline.people.models import Role

Kind = CustomField.Kind
LINES = forms.Textarea(attrs={"rows": 3})
# What is asked of some kinds only.
ONLY_FOR = {
    "currency": (Kind.MONEY,),
    "minimum": (Kind.NUMBER, Kind.MONEY),
    "maximum": (Kind.NUMBER, Kind.MONEY),
    "choices": CustomField.WITH_CHOICES,
    "is_key": KEYS,
}
WITHOUT_DEFAULT = (Kind.USER, Kind.LINK)


def _roles() -> list[tuple[str, str]]:
    return [(role.key, str(_(role.name))) for role in Role.objects.in_use()]


class FieldForm(ActionForm):
    """What a field is called, what it takes, and who sees it."""

    label = forms.CharField(label=_("Label"), max_length=80)
    help = forms.CharField(
        label=_("Help"), max_length=300, required=False, help_text=_("Stands below the field in forms.")
    )
    section = forms.CharField(
        label=_("Section"),
        max_length=80,
        required=False,
        help_text=_("Fields of one section stand together."),
        widget=forms.TextInput(attrs={"list": "sections", "autocomplete": "off"}),
    )
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One in each line."),
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=currencies, help_text=_("Of all amounts of this field.")
    )
    minimum = forms.CharField(label=_("Least"), required=False)
    maximum = forms.CharField(label=_("Most"), required=False)
    required = forms.BooleanField(
        label=_("Required"),
        required=False,
        help_text=_("New records must have it. Those that are here are asked when they are next edited."),
    )
    default = forms.CharField(
        label=_("Default"), required=False, help_text=_("What a new record gets where nothing is given.")
    )
    synonyms = forms.CharField(
        label=_("Also called"),
        required=False,
        widget=LINES,
        help_text=_("One name in each line: columns of files so called fill this field."),
    )
    seen_by = forms.MultipleChoiceField(
        label=_("Seen by"),
        choices=_roles,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody chosen: whoever sees the record. Who manages fields sees all of them."),
    )
    set_by = forms.MultipleChoiceField(
        label=_("Set by"),
        choices=_roles,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody chosen: whoever edits the record."),
    )
    sortable = forms.BooleanField(
        label=_("Lists sort by it"),
        required=False,
        help_text=_("Its index is built in the background; the order is offered once it is there."),
    )
    is_key = forms.BooleanField(
        label=_("Key of imports"), required=False, help_text=_("Files may know records by it.")
    )
    personal = forms.BooleanField(
        label=_("Personal"), required=False, help_text=_("Erased with the person, and told in reports.")
    )

    def __init__(self, data: Any = None, *, kind: str, **options: Any):
        super().__init__(data, **options)
        for name, kinds in ONLY_FOR.items():
            if kind not in kinds:
                self.fields.pop(name, None)
        if kind in WITHOUT_DEFAULT:
            del self.fields["default"]
        if not kind_of(CustomField(kind=kind)).sort_sql("x", "x"):
            del self.fields["sortable"]
        if "currency" in self.fields:
            self.fields["currency"].initial = organisation().currency

    def clean_synonyms(self) -> list[str]:
        """One in each line."""
        return [line for line in self.cleaned_data["synonyms"].splitlines() if line.strip()]

    def clean_choices(self) -> list[str]:
        """One in each line."""
        return [line for line in self.cleaned_data["choices"].splitlines() if line.strip()]


class ChangeFieldForm(FieldForm):
    """The same over a field that is there; its kind where another loses nothing."""

    kind = forms.ChoiceField(label=_("Kind"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    choices = None  # type: ignore[assignment] # changed where they stand
    field_order = ("label", "kind", "help", "section")

    def __init__(self, data: Any = None, *, definition: CustomField, **options: Any):
        start = {name: getattr(definition, name) for name in SETTINGS}
        start |= {
            "synonyms": "\n".join(definition.synonyms),
            "version": definition.version,
            "default": default_of(definition),
        }
        super().__init__(data, kind=definition.kind, initial=start, **options)
        labels = dict(Kind.choices)
        kinds = [
            kind
            for kind in kinds_for(definition, catalogue(definition.object))
            if kind not in CustomField.WITH_CHOICES or definition.choices
        ]
        chooser: Any = self.fields["kind"]
        chooser.choices = [(kind, labels[kind]) for kind in kinds]


def default_of(definition: CustomField) -> str:
    """The default as it is typed."""
    if definition.default is None:
        return ""
    kind = kind_of(definition)
    if definition.kind not in CustomField.WITH_CHOICES:
        return kind.export(kind.loaded(definition.default), None)  # type: ignore[arg-type]
    labels = {str(choice["key"]): str(choice["label"]) for choice in definition.choices}
    return ", ".join(labels.get(str(key), str(key)) for key in listed(definition.default))
