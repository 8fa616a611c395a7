"""How custom fields are made, changed, ordered, archived and brought back; one at a time."""

from leadline.core.custom.actions.archiving import archive_field, bring_back_field
from leadline.core.custom.actions.arranging import arrange_fields
from leadline.core.custom.actions.choosing import change_choices, merge_choices
from leadline.core.custom.actions.making import change_field, make_field

__all__ = [
    "archive_field",
    "arrange_fields",
    "bring_back_field",
    "change_choices",
    "change_field",
    "make_field",
    "merge_choices",
]
