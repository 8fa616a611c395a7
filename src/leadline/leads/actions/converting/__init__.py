"""Converting leads into customers with contacts (LEA-9)."""

from leadline.leads.actions.converting.closing import convert_lead, convert_leads

__all__ = ["convert_lead", "convert_leads"]
