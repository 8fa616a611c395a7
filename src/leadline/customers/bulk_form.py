"""The form that sets one field of many customers to one value."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.catalogue_forms import form_for
from leadline.core.fields import catalogue
from leadline.core.forms import ActionForm

# Fields in which many customers may well agree; what names one of them is not among these.
EDITABLE = (
    "industry",
    "employees",
    "kind",
    "tier",
    "desk",
    "territory",
    "country",
    "region",
    "city",
    "language",
    "time_zone",
    "source",
    "customer_since",
)


def _fields() -> list[tuple[str, Any]]:
    about = catalogue("customer").by_name
    return [(name, about[name].label) for name in EDITABLE]


class BulkEditForm(ActionForm):
    """A field, and its value by the control that fits; an empty value empties the field."""

    field = forms.ChoiceField(label=_("Field"), choices=_fields)

    def __init__(self, data: Any = None, **options: Any):
        super().__init__(data, **options)
        name = (data or {}).get("field") or EDITABLE[0]
        if name in EDITABLE:
            control = form_for("customer", (name,))().fields[name]
            control.required = False
            self.fields["value"] = control
