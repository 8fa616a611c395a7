"""Saved views ask for fields and segments, name records, and show columns."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.core.conditions.kept import keeps_condition, names_fields
from leadline.core.lists.models import SavedView

keeps_condition(
    SavedView,
    "where",
    words=ngettext_lazy("%(n)s saved view", "%(n)s saved views", "n"),
    one=_("a saved view"),
)
names_fields(SavedView, "columns", "sort")
