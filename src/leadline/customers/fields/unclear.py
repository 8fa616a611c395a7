"""Which fields are kept as they were typed, as a field: for filters and data quality (CUS-2, CUS-24)."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Field
from leadline.core.fields.kinds import TAGS


def unclear(table: str) -> Field:
    """The field for a table."""
    return Field(
        name="unclear",
        label=_("Kept as typed"),
        kind=TAGS,
        sql=f"{table}.unclear",
        editable=False,
        importable=False,
        help=_("Names of fields whose value was not understood and is kept as it was typed."),
    )
