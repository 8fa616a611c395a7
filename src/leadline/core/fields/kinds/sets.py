"""The kind that says to which named sets a record belongs: its segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leadline.core.fields.kinds.base import Kind, no
from leadline.core.fields.kinds.links import LARGEST_ID
from leadline.core.ids import numeric_id

if TYPE_CHECKING:
    from leadline.core.fields.cleaning import Cleaning
    from leadline.core.fields.field import Field


class SetsKind(Kind):
    """Sets by their ids. Which of them may be named, the field offers; where it does not say, any."""

    key = family = "sets"
    operators = ("has_any", "has_all", "has_none", "is_empty", "is_not_empty")

    def read(self, raw: Any, field: Field, context: Cleaning) -> int:
        """The id of one that may be named."""
        text = str(raw) if isinstance(raw, int | str) and not isinstance(raw, bool) else ""
        key = numeric_id(text) or 0
        known = 0 < key <= LARGEST_ID if field.offers is None else key in dict(field.offers())
        if not known:
            raise no(field, raw, _("%(field)s: “%(value)s” is not known. Accepted: the id of one you see."))
        return key


SETS = SetsKind()
