"""Pages of rules: the list, the builder, what a rule did, trying it."""

from leadline.automation.views.building import add, build, edit
from leadline.automation.views.changing import archive, move, restore, switch
from leadline.automation.views.looking import history, log, of_record, page, rule_list
from leadline.automation.views.trying import try_draft, try_rule

__all__ = [
    "add",
    "archive",
    "build",
    "edit",
    "history",
    "log",
    "move",
    "of_record",
    "page",
    "restore",
    "rule_list",
    "switch",
    "try_draft",
    "try_rule",
]
