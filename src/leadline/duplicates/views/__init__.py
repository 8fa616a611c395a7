"""The doors of duplicates: the page, what people say of pairs, the rules."""

from leadline.duplicates.views.listing import of_customer, pairs
from leadline.duplicates.views.ruling import put_back, rules, try_rules
from leadline.duplicates.views.saying import dismiss, later, scan, take_back

__all__ = [
    "dismiss",
    "later",
    "of_customer",
    "pairs",
    "put_back",
    "rules",
    "scan",
    "take_back",
    "try_rules",
]
