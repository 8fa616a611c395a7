"""Pages of templates, and writing to somebody."""

from leadline.marketing.views.templates import add, archive, look, restore, template, templates
from leadline.marketing.views.writing import Writing, sent, write, write_to

__all__ = [
    "Writing",
    "add",
    "archive",
    "look",
    "restore",
    "sent",
    "template",
    "templates",
    "write",
    "write_to",
]
