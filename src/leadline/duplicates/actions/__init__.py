"""What is done about duplicates: the only place that writes them."""

from leadline.duplicates.actions.changing_rules import change_rules, put_rules_back
from leadline.duplicates.actions.dismissing import dismiss_pairs, put_off, take_back
from leadline.duplicates.actions.erasing import forget_person
from leadline.duplicates.actions.finding import (
    begin_scan,
    compare_records,
    end_scan,
    keep_pairs,
    look_again,
    number_groups,
    take_records,
)
from leadline.duplicates.actions.starting import start_scan

__all__ = [
    "begin_scan",
    "change_rules",
    "compare_records",
    "dismiss_pairs",
    "end_scan",
    "forget_person",
    "keep_pairs",
    "look_again",
    "number_groups",
    "put_off",
    "put_rules_back",
    "start_scan",
    "take_back",
    "take_records",
]
