"""Adding and editing leads (LEA-1, LEA-2)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leadline.core.actions import require
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.catalogue_forms import values_of
from leadline.core.fields import catalogue
from leadline.core.requests import Request
from leadline.customers.views.dialogs import chosen_of, dialog
from leadline.leads import actions, policies
from leadline.leads.forms import add_form, edit_form, lead_fields
from leadline.leads.views.fetching import PAGE, lead_for


@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """Add a lead; the same e-mail or phone again leads to the one that is here (LEA-2)."""
    require(policies.may_create_leads(request.user), _("Your role can't add leads."))
    form = add_form(request.user, request.POST) if request.method == "POST" else add_form(request.user)
    template = "leads/_add.html" if asked_by_htmx(request) else PAGE
    context = {"form": form, "part": "leads/_add.html", "back": reverse("leads:list")}
    if request.method != "POST":
        return render(request, template, context)
    if form.run(actions.add_lead, by=request.actor):
        return go_to(request, reverse("leads:page", args=[form.result.pk]))
    return refuse(request, template, context)


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a lead; a save over somebody else's shows both and lets choose (ALL-1)."""
    lead = lead_for(request, pk, "edit")
    user = request.user
    start = {**values_of(lead, catalogue("lead"), lead_fields(user)), "version": lead.version}
    given = {"data": chosen_of(request)} if request.method == "POST" else {"initial": start}
    return dialog(
        request,
        "leads/_edit.html",
        edit_form(lead, user, **given),
        {"lead": lead, "current": start},
        actions.edit_lead,
        lead,
        changed="lead",
        toast=_("Saved."),
        otherwise=reverse("leads:page", args=[pk]),
        whole=PAGE,
    )
