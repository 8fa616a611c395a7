"""Rules of territories ask for fields of customers, and name records."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.core.conditions.kept import keeps_condition
from leadline.people.models import Territory

keeps_condition(
    Territory,
    "rules",
    over="customer",
    words=ngettext_lazy("%(n)s territory", "%(n)s territories", "n"),
    one=_("the rules of a territory"),
    force=Q(retired_at=None),
    holds=True,
)
