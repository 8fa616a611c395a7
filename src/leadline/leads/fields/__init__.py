"""The fields of leads, declared once for lists, filters, forms, files and the API (LEA-1)."""

from leadline.core.catalogue_forms import OPTIONS, SOURCES
from leadline.core.subjects import register_subject
from leadline.leads.fields.kept import CALLBACK, STAY
from leadline.leads.fields.lead import LEAD
from leadline.leads.fields.settings import REASON, STAGE
from leadline.leads.queries.settings import stages_to_choose

__all__ = ["CALLBACK", "LEAD", "REASON", "STAGE", "STAY"]

register_subject("lead", "leads.Lead", page="leads:page")
SOURCES["lead"] = "leads:options"
OPTIONS["stage"] = lambda _item: list(stages_to_choose())
