"""The form that sets one field of many customers to one value."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadline.core.catalogue_forms import custom_names, fit_custom, form_for
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


def editable_by(user: Any) -> list[str]:
    """The fields that this person may set on many: the custom ones last."""
    return [*EDITABLE, *custom_names("customer", user)]


class BulkEditForm(ActionForm):
    """A field, and its value by the control that fits; an empty value empties the field."""

    wants_user = True
    field = forms.ChoiceField(label=_("Field"))

    def __init__(self, data: Any = None, *, user: Any, **options: Any):
        super().__init__(data, **options)
        about, names = catalogue("customer"), editable_by(user)
        chooser: Any = self.fields["field"]
        chooser.choices = [(name, about.by_name[name].label) for name in names]
        name = (data or {}).get("field") or names[0]
        if name in names:
            asked = fit_custom(form_for("customer", (name,))(), about, user)
            asked.fields[name].required = False
            self.fields["value"] = asked.fields[name]
