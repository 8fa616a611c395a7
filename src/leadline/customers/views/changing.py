"""Adding and editing a customer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import require
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.catalogue_forms import values_of
from leadline.core.fields import catalogue
from leadline.core.forms import ActionForm
from leadline.core.ids import numeric_id
from leadline.core.requests import Request
from leadline.customers import actions, policies
from leadline.customers.actions.picking import require_edit
from leadline.customers.forms import add_form, customer_fields, edit_form
from leadline.customers.likeness import ASKED
from leadline.customers.models import Customer
from leadline.customers.queries.duplicates import Likeness, likely_duplicates
from leadline.customers.verbs import may
from leadline.customers.views.dialogs import chosen_of, dialog
from leadline.customers.views.fetching import customer_of
from leadline.customers.views.typing import typed_so_far


@require_http_methods(["GET", "POST"])
def add(request: Request) -> HttpResponse:
    """Add a customer; who may be here already is shown before saving (CUS-3)."""
    require(policies.may_create_customers(request.user), _("Your role can't add customers."))
    form = add_form(request.user, request.POST) if request.method == "POST" else add_form(request.user)
    template = "customers/_add.html" if asked_by_htmx(request) else "customers/dialog_page.html"
    context: dict[str, Any] = {
        "form": form,
        "likely": [],
        "part": "customers/_add.html",
        "back": reverse("customers:list"),
    }
    if request.method != "POST":
        return render(request, template, context)
    if form.is_valid() and "anyway" not in request.POST:
        context["likely"] = _likely(request)
    if context["likely"]:
        return refuse(request, template, context)
    if form.run(actions.add_customer, by=request.actor):
        return go_to(request, reverse("customers:page", args=[form.result.pk]))
    return refuse(request, template, context)


@require_POST
def likely(request: Request) -> HttpResponse:
    """Who may be here already, told while somebody types; nothing stands in the way of saving (CUS-22)."""
    require(policies.may_create_customers(request.user), _("Your role can't add customers."))
    return render(request, "customers/_likely.html", {"likely": _likely(request)})


def _likely(request: Request) -> list[Likeness]:
    """Likely duplicates of what was typed, as far as it is understood; of the rest the action tells."""
    return likely_duplicates(request.user, **typed_so_far(request, "customer", ASKED["customer"]))


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a customer; a save over somebody else's shows both and lets choose (ALL-1)."""
    customer = customer_of(request, pk)
    require_edit(customer, by=request.actor)
    user = request.user
    start = {**values_of(customer, catalogue("customer"), customer_fields(user)), "version": customer.version}
    given = {"data": chosen_of(request)} if request.method == "POST" else {"initial": start}
    form = edit_form(customer, user, **given)
    if customer.parent and not may(request.user, "view", customer.parent):
        del form.fields["parent"]  # stays as it is: nobody changes what nobody sees
    return dialog(
        request,
        "customers/_edit.html",
        form,
        {"customer": customer, "current": start, "parent": _parent_named(request, form)},
        actions.edit_customer,
        customer,
        changed="customer",
        toast=_("Saved."),
        otherwise=reverse("customers:page", args=[pk]),
    )


def _parent_named(request: Request, form: ActionForm) -> str:
    """The name of the parent that the form holds, as far as the person sees it."""
    typed = str(form["parent"].value() or "") if "parent" in form.fields else ""
    key = numeric_id(typed)
    if key is None:
        return typed
    names = Customer.objects.visible_to(request.user).filter(pk=key).values_list("name", flat=True)
    return names.first() or typed
