"""What is done with compliance: the only place that writes it."""

from leadline.compliance.actions.beginning import begin_procedure
from leadline.compliance.actions.carrying import carry_procedures
from leadline.compliance.actions.deciding import (
    approve_procedure,
    ask_again,
    decide_check,
    decline_procedure,
    expire_checks,
    move_procedure,
    reopen_procedure,
    submit_procedure,
)
from leadline.compliance.actions.documents import add_document, remove_document
from leadline.compliance.actions.erasing import erase_from_procedures
from leadline.compliance.actions.settings import (
    add_item,
    bring_back_item,
    change_item,
    provide_items,
    retire_item,
)

__all__ = [
    "add_document",
    "add_item",
    "approve_procedure",
    "ask_again",
    "begin_procedure",
    "bring_back_item",
    "carry_procedures",
    "change_item",
    "decide_check",
    "decline_procedure",
    "erase_from_procedures",
    "expire_checks",
    "move_procedure",
    "provide_items",
    "remove_document",
    "reopen_procedure",
    "retire_item",
    "submit_procedure",
]
