"""Rules of retention ask for fields and segments, and name records."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.core.conditions.kept import keeps_condition
from leadline.governance.models import RetentionRule

keeps_condition(
    RetentionRule,
    "where",
    words=ngettext_lazy("%(n)s rule of retention", "%(n)s rules of retention", "n"),
    one=_("a rule of retention"),
    holds=True,
    address="/privacy/retention/{}/change",
)
