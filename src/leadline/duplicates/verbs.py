"""Addresses of the pages about duplicates, for “Why?”."""

from leadline.core.verbs import addressed

addressed("duplicates", "customer:view")
