"""Rules keep conditions: a field that one asks for is told of before it goes, a merged record is followed."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leadline.automation.models import IN_FORCE, Rule
from leadline.core.conditions.kept import keeps_condition

keeps_condition(
    Rule,
    "where",
    words=ngettext_lazy("%(n)s rule", "%(n)s rules", "n"),
    one=_("a rule"),
    force=IN_FORCE,
    address="/automation/{}",
)
