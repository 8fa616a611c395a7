"""What a lead allows, and writing to it (PPL-8, TIM-3)."""

from django.http import HttpResponse
from ninja import Router

from leadline.api.answering import locked
from leadline.api.describing.operations import PAGING, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import plain_list_of
from leadline.api.resources.consents import STATED, STATEMENT, consent_shown, statement_in
from leadline.api.resources.leads import GIVES, lead_seen, shown
from leadline.api.resources.mail import LETTER, written
from leadline.core.requests import Request
from leadline.governance.models import Consent
from leadline.leads import actions
from leadline.leads.recipients import lead_as_recipient

router = Router(tags=["leads"])


@router.get(
    "/{int:lead_id}/consents",
    summary="List what a lead stated",
    **says(gives=described_list(ref("Consent")), query=PAGING),
)
def list_consents_of_lead(request: Request, lead_id: int) -> HttpResponse:
    """Consents given and withdrawn, the newest first."""
    lead = lead_seen(request, lead_id)
    return plain_list_of(request, Consent.objects.about("lead", lead.pk), consent_shown)


@router.post(
    "/{int:lead_id}/consents",
    summary="Note a consent of a lead",
    **says(gives=GIVES, takes=STATEMENT, example=STATED, versioned=True),
)
def note_a_consent_of_lead(request: Request, lead_id: int) -> HttpResponse:
    """Given or withdrawn, on a day, somewhere; the newest statement holds."""
    lead = lead_seen(request, lead_id)
    stated = statement_in(request)
    lead = locked(request, lead, "stage")
    return shown(request, actions.record_consent(lead, **stated, by=request.actor))


@router.post("/{int:lead_id}/mail", summary="Write to a lead", **LETTER)
def write_to_lead(request: Request, lead_id: int) -> HttpResponse:
    """To its address, noted on its timeline. Whoever must not be mailed is refused."""
    return written(request, lead_as_recipient(lead_seen(request, lead_id)))
