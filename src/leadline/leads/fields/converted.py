"""What a lead became, as fields (LEA-9): read, filtered by and exported, never set."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields import Field
from leadline.core.fields.kinds import LINK, MOMENT

L = "leads_lead"
BECAME = {"became": f"LEFT JOIN customers_customer became ON became.id = {L}.converted_to_id"}
CONVERTED = (
    Field(
        name="converted_to",
        label=_("Converted to"),
        kind=LINK,
        sql=f"{L}.converted_to_id",
        attribute="converted_to",
        links_to="customer",
        shown="became.name",
        exported="became.name",
        shown_needs="became",
        editable=False,
        importable=False,
    ),
    Field(
        name="converted_at",
        label=_("Converted"),
        kind=MOMENT,
        sql=f"{L}.converted_at",
        editable=False,
        importable=False,
    ),
)
