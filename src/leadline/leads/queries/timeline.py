"""The timeline of a lead: what was logged and what changed its stage, newest first, by key (TIM-1)."""

from datetime import datetime

from django.db.models import Q

from leadline.core.clock import now
from leadline.customers.queries.timeline import NEAR, PORTION, Key, Moment, Timeline
from leadline.leads.models import Lead
from leadline.timeline.models import Activity


def timeline_of(lead: Lead, *, before: Key | None = None, limit: int = PORTION) -> Timeline:
    """What happened with a lead, from a key downwards; one or two queries however long it is."""
    found = _between(lead, before, limit, since=(before[0] if before else now()) - NEAR)
    if len(found) <= limit:
        found += _between(lead, before, limit - len(found), until=(before[0] if before else now()) - NEAR)
    moments = [Moment(each.at, activity=each) for each in found]
    return Timeline(moments[:limit], moments[limit - 1].key if len(moments) > limit else None)


def _between(
    lead: Lead, before: Key | None, limit: int, since: datetime | None = None, until: datetime | None = None
) -> list[Activity]:
    rows = Activity.objects.current().filter(lead_id=lead.pk).select_related("user").order_by("-at", "-id")
    if since is not None:
        rows = rows.filter(at__gte=since)
    if until is not None:
        rows = rows.filter(at__lt=until)
    if before is not None:
        at, key = before
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=key), at__lte=at)
    return list(rows[: limit + 1])
