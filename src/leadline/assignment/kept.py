"""Rules ask for fields of their kind, and name records."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.assignment.models import Rule
from leadline.core.conditions.kept import keeps_condition, names_fields

keeps_condition(
    Rule,
    "where",
    words=ngettext_lazy("%(n)s rule of assignment", "%(n)s rules of assignment", "n"),
    one=_("a rule of assignment"),
    force=Q(retired_at=None),
    holds=True,
)
names_fields(Rule, "field")
