"""What is done with rules of assignment; `assign_by_rules` is what pages, jobs, listeners and rules call."""

from leadline.assignment.actions.keeping import keep_by_hand
from leadline.assignment.actions.rules import (
    add_rule,
    bring_back_rule,
    change_rule,
    move_rule,
    retire_rule,
    switch_rule,
)
from leadline.assignment.actions.running import assign_by_rules, assign_what_came_in, assign_where_rules_run
from leadline.assignment.actions.setting import set_overflow, set_share, switch_rules

__all__ = [
    "add_rule",
    "assign_by_rules",
    "assign_what_came_in",
    "assign_where_rules_run",
    "bring_back_rule",
    "change_rule",
    "keep_by_hand",
    "move_rule",
    "retire_rule",
    "set_overflow",
    "set_share",
    "switch_rule",
    "switch_rules",
]
