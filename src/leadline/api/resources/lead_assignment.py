"""/leads: owners by the rules, and why somebody is the owner (LEA-7, SIG-5)."""

from typing import Any

from django.http import Http404, HttpResponse
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only
from leadline.api.describing.operations import fields, ref, says
from leadline.api.listing import parameters_of
from leadline.api.resources.leads import lead_seen, shown
from leadline.assignment.actions import assign_by_rules
from leadline.assignment.queries.why import why_owner
from leadline.core.requests import Request
from leadline.leads.actions.picking import one
from leadline.people.models import User

router = Router(tags=["leads"])


@router.post(
    "/{int:lead_id}/assign-by-rules",
    summary="Assign a lead by the rules",
    **says(gives=ref("Lead"), takes=fields({}), example={}, optional=True),
)
def assign_lead_by_rules(request: Request, lead_id: int) -> HttpResponse:
    """Many at once: `POST /leads/bulk` with the verb `by_rules`."""
    lead = lead_seen(request, lead_id)
    only(object_of(request, optional=True), ())
    done: Any = assign_by_rules("lead", [lead.pk], by=request.actor)
    return shown(request, one(lead, done))


@router.get(
    "/{int:lead_id}/assignment",
    summary="Read why a lead has its owner",
    **says(gives=ref("AssignmentExplanation")),
)
def explain_owner_of_lead(request: Request, lead_id: int) -> HttpResponse:
    """The rule, and the candidates that your role shows; 404 for a lead that came in with its owner."""
    parameters_of(request, ())
    lead = lead_seen(request, lead_id)
    found = why_owner("lead", lead.pk, lead.owner_id, request.user)
    if found is None:
        raise Http404
    told = {name: getattr(found, name) for name in ("at", "rule", "able", "beyond")}
    return answer(
        {
            **told,
            "how": found.given.how,
            "by": _person(found.by),
            "owner": _person(found.owner),
            "in_words": found.sentence,
            "passed": [{"rule": rule, "why": why} for rule, why in found.passed],
            "lost": [{"why": why, "count": count} for why, count in found.lost],
            "candidates": [
                {
                    "user": _person(line.user),
                    "why": line.why,
                    "open": line.load,
                    "capacity": line.capacity,
                    "weight": line.weight,
                    "owed": line.owed,
                    "zone": line.zone,
                    "at_work": line.at_work,
                    "skills": line.skills,
                    "got_it": line.got_it,
                }
                for line in found.lines
            ],
        }
    )


def _person(user: User | None) -> dict[str, Any] | None:
    return {"id": user.pk, "email": user.email, "name": user.name} if user else None
