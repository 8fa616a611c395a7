"""What is done with rules, and how they run."""

from leadline.automation.actions.crediting import credit_payments
from leadline.automation.actions.following import follow_changes
from leadline.automation.actions.keeping import erase_from_runs, forget_old_runs
from leadline.automation.actions.making import (
    add_rule,
    archive_rule,
    change_rule,
    move_rule,
    provide_rules,
    restore_rule,
    switch_rule,
)
from leadline.automation.actions.rehearsing import rehearse_rule
from leadline.automation.actions.running import run_rule, run_rules, try_again
from leadline.automation.actions.telling import tell_trouble
from leadline.automation.actions.timed import run_timed_portion, start_timed_rules

__all__ = [
    "add_rule",
    "archive_rule",
    "change_rule",
    "credit_payments",
    "erase_from_runs",
    "follow_changes",
    "forget_old_runs",
    "move_rule",
    "provide_rules",
    "rehearse_rule",
    "restore_rule",
    "run_rule",
    "run_rules",
    "run_timed_portion",
    "start_timed_rules",
    "switch_rule",
    "tell_trouble",
    "try_again",
]
