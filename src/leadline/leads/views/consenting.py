"""What a lead allows, and writing to it (PPL-8, TIM-3)."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadline.core.requests import Request
from leadline.customers.forms import ConsentForm
from leadline.customers.views.contacts import SHOWN
from leadline.customers.views.dialogs import dialog
from leadline.governance.models import Consent
from leadline.leads import actions
from leadline.leads.recipients import lead_as_recipient
from leadline.leads.views.fetching import PAGE, lead_for
from leadline.marketing.views import Writing, write_to


@require_http_methods(["GET", "POST"])
def consent(request: Request, pk: int) -> HttpResponse:
    """Note a consent, or that it was withdrawn; what was stated before is shown."""
    lead = lead_for(request, pk, "edit")
    start = {"stated_on": timezone.localdate().isoformat()}
    shown = {
        "lead": lead,
        "name": lead.name,
        "action": reverse("leads:consent", args=[pk]),
        "consents": Consent.objects.about("lead", lead.pk)[:SHOWN],
    }
    return dialog(
        request,
        "customers/_consent.html",
        ConsentForm(request.POST if request.method == "POST" else None, initial=start),
        shown,
        actions.record_consent,
        lead,
        changed="lead",
        toast=_("Noted."),
        otherwise=reverse("leads:page", args=[pk]),
        whole=PAGE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: Request, pk: int) -> HttpResponse:
    """A letter to the lead: choose a template, change the words, send."""
    lead = lead_for(request, pk, "log")
    writing = Writing(
        recipients=[lead_as_recipient(lead)] if lead.email else [],
        address=reverse("leads:mail", args=[pk]),
        changed="lead",
        back=reverse("leads:page", args=[pk]),
        whole=PAGE,
        context={"lead": lead},
    )
    return write_to(request, writing)
