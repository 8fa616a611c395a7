"""Pages of templates, and writing to somebody."""

from leadline.marketing.views.templates import add, archive, look, restore, template, templates
from leadline.marketing.views.writing import sent, write

__all__ = ["add", "archive", "look", "restore", "sent", "template", "templates", "write"]
