"""The timeline of a lead: what was logged and what changed its stage, newest first, by key (TIM-1)."""

from leadline.customers.queries.timeline import PORTION, Filters, Key, Timeline, activities_of
from leadline.leads.models import Lead


def timeline_of(lead: Lead, *, before: Key | None = None, limit: int = PORTION) -> Timeline:
    """What happened with a lead, from a key downwards; one or two queries however long it is."""
    moments = activities_of(("lead_id", lead.pk), Filters(), before, limit)
    return Timeline(moments[:limit], moments[limit - 1].key if len(moments) > limit else None)
