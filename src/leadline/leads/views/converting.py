"""A lead becomes a customer: chosen in a dialog; what it became is shown on the customer's page (LEA-9)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leadline.core.actions import Actor
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers.models import Customer
from leadline.customers.queries.seeing import customer_seen_by
from leadline.leads import actions
from leadline.leads.actions.converting.choosing import Alike
from leadline.leads.forms import NEW, ConvertForm
from leadline.leads.models import Lead
from leadline.leads.queries.alike import customers_alike
from leadline.leads.queries.conversions import conversion_of
from leadline.leads.views.fetching import PAGE, lead_for


@require_http_methods(["GET", "POST"])
def convert(request: Request, pk: int) -> HttpResponse:
    """Choose the customer that is here already, or make a new one; then the customer's page opens."""
    lead = lead_for(request, pk, "convert")
    alike = customers_alike(request.user, lead)
    form = ConvertForm(request.POST if request.method == "POST" else None)
    form.offering(lead.company or lead.name, alike)
    if request.method == "POST" and form.run(_convert, lead, request, by=request.actor):
        return go_to(request, reverse("customers:page", args=[form.result.converted_to_id]))
    part = "leads/_convert.html"
    context = {
        "lead": lead,
        "form": form,
        "hidden": [each for each in alike if not each.is_visible],
        "part": part,
        "back": reverse("leads:page", args=[pk]),
    }
    return (refuse if form.errors else render)(request, part if asked_by_htmx(request) else PAGE, context)


@require_safe
def of_customer(request: Request, pk: int) -> HttpResponse:
    """The leads that became a customer, as a part of its page; empty where there are none in sight."""
    customer = customer_seen_by(request.user, pk)
    if customer is None:
        raise Http404
    rows = Lead.objects.visible_to(request.user).filter(converted_to=customer).order_by("-converted_at", "pk")
    became = [(lead, conversion_of(lead, request.user)) for lead in rows[:5]]
    return render(request, "leads/_of_customer.html", {"customer": customer, "became": became})


def _convert(lead: Lead, request: Request, *, into: str, another: int | None, by: Actor) -> Lead:
    wanted = another or (int(into) if into != NEW else None)
    if wanted is None:
        return actions.convert_lead(lead, alike=Alike.NEW, by=by)
    customer = Customer.objects.visible_to(request.user).filter(pk=wanted).first()
    if customer is None:
        raise RuleBroken(_("Choose one of your customers."), field="another", value=wanted)
    return actions.convert_lead(lead, into=customer, by=by)


def converted_shown(request: Request, lead: Lead) -> dict[str, Any]:
    """What a lead's page shows of its conversion: the customer, if it is in sight, and the way back."""
    if not lead.is_converted:
        return {"became": None, "conversion": None}
    return {
        "became": customer_seen_by(request.user, lead.converted_to_id or 0),
        "conversion": conversion_of(lead, request.user),
    }
