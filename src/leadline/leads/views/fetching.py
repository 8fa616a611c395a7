"""How views fetch: through `visible_to`, so that what one may not see is a 404 (ALL-3)."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from leadline.core.requests import Request
from leadline.leads.actions.picking import require_may
from leadline.leads.models import Lead
from leadline.leads.queries.seeing import lead_seen_by
from leadline.timeline.models import Activity

PAGE = "leads/dialog_page.html"


def lead_of(request: Request, pk: int) -> Lead:
    """A lead that the person sees, archived or not."""
    lead = lead_seen_by(request.user, pk)
    if lead is None:
        raise Http404
    return lead


def lead_for(request: Request, pk: int, verb: str) -> Lead:
    """A lead on which the person may do the verb; refused before anything is typed, with the reason."""
    lead = lead_of(request, pk)
    require_may(lead, verb, by=request.actor)
    return lead


def activity_of(request: Request, lead: Lead, activity: int) -> Activity:
    """An activity on a lead's timeline."""
    of_it = Activity.objects.current().filter(lead_id=lead.pk)
    return get_object_or_404(of_it.select_related("user"), pk=activity)
