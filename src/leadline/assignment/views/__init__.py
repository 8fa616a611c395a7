"""Pages of assignment: rules, what a rule asks, shares, rehearsal, fairness, and “Why this owner?”."""

from leadline.assignment.views.looking import fairness, rehearse, why
from leadline.assignment.views.rules import (
    add_rule,
    bring_back,
    move,
    overflow,
    retire,
    rule,
    rules,
    switch,
    switch_all,
    which,
    which_count,
    which_filter,
)
from leadline.assignment.views.shares import share, shares

__all__ = [
    "add_rule",
    "bring_back",
    "fairness",
    "move",
    "overflow",
    "rehearse",
    "retire",
    "rule",
    "rules",
    "share",
    "shares",
    "switch",
    "switch_all",
    "which",
    "which_count",
    "which_filter",
    "why",
]
