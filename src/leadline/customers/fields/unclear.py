"""Which fields are kept as they were typed, as a field: for filters and data quality (CUS-2, CUS-24)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Field
from leadline.core.fields.kinds import TAGS
from leadline.core.fields.usual import told


def unclear(table: str) -> Field:
    """The field for a table."""
    return told(
        "unclear",
        _("Kept as typed"),
        TAGS,
        f"{table}.unclear",
        help=_("Names of fields whose value was not understood and is kept as it was typed."),
    )
