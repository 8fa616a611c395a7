"""The doors of web forms: for those who make them, for visitors, and for what was held."""

from leadline.webforms.views.held import discard, held, release, sent
from leadline.webforms.views.making import add, archive, form, forms, restore, switch
from leadline.webforms.views.visiting import visit

__all__ = [
    "add",
    "archive",
    "discard",
    "form",
    "forms",
    "held",
    "release",
    "restore",
    "sent",
    "switch",
    "visit",
]
