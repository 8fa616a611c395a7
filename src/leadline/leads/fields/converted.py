"""What a lead became, as fields (LEA-9): read, filtered by and exported, never set."""

from django.utils.translation import gettext_lazy as _

from leadline.core.fields.kinds import LINK, MOMENT
from leadline.core.fields.usual import told

L = "leads_lead"
BECAME = {"became": f"LEFT JOIN customers_customer became ON became.id = {L}.converted_to_id"}
CONVERTED = (
    told(
        "converted_to",
        _("Converted to"),
        LINK,
        f"{L}.converted_to_id",
        attribute="converted_to",
        links_to="customer",
        shown="became.name",
        exported="became.name",
        shown_needs="became",
    ),
    told("converted_at", _("Converted"), MOMENT, f"{L}.converted_at"),
)
