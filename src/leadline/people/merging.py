"""Rules of territories may name customers (CUS-23)."""

from django.utils.translation import ngettext

from leadline.core.formats import number
from leadline.core.merging.conditions import conditions_in


def _territories(n: int) -> str:
    return ngettext("%(n)s territory", "%(n)s territories", n) % {"n": number(n)}


conditions_in("customer", "people.Territory", "rules", _territories, over="customer")
