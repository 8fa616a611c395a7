"""Sensitive fields of a customer or contact, in a dialog: masked, set, shown to who may (PPL-8)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import Actor
from leadline.core.answers import asked_by_htmx
from leadline.core.requests import Request
from leadline.customers import actions, policies
from leadline.customers.forms import SensitiveForm
from leadline.customers.models import Contact, Customer
from leadline.customers.views.dialogs import dialog
from leadline.customers.views.fetching import contact_of, customer_of
from leadline.governance.models import Sensitive
from leadline.governance.policies import may_see_sensitive

TEMPLATE = "customers/_sensitive.html"


@require_http_methods(["GET", "POST"])
def sensitive(request: Request, kind: str, pk: int) -> HttpResponse:
    """The masked values, and a form to set them."""
    record, customer = _record(request, kind, pk)
    form = SensitiveForm(request.POST if request.method == "POST" else None)
    return dialog(
        request,
        TEMPLATE,
        form,
        _about(request, record, customer, kind),
        _set,
        record,
        changed="contact",
        toast=_("Saved."),
        otherwise=_back(customer),
    )


@require_POST
def reveal_sensitive(request: Request, kind: str, pk: int) -> HttpResponse:
    """The same dialog with the values in the clear; it stands in the audit."""
    record, customer = _record(request, kind, pk)
    opened = actions.reveal_sensitive_of(record, by=request.actor)
    context = {
        **_about(request, record, customer, kind, opened),
        "form": SensitiveForm(),
        "part": TEMPLATE,
        "back": _back(customer),
    }
    whole = TEMPLATE if asked_by_htmx(request) else "customers/dialog_page.html"
    response = render(request, whole, context)
    response["Cache-Control"] = "no-store"
    return response


def _set(record: Customer | Contact, *, by: Actor, remove: list[str], **values: str) -> list[str]:
    given: dict[str, str | None] = {name: value or None for name, value in values.items()}
    return actions.set_sensitive_of(record, {**given, **dict.fromkeys(remove, "")}, by=by)


def _record(request: Request, kind: str, pk: int) -> tuple[Customer | Contact, Customer]:
    if kind == "customer":
        customer = customer_of(request, pk)
        return customer, customer
    if kind == "contact":
        contact = contact_of(request, pk)
        return contact, contact.customer
    raise Http404


def _about(
    request: Request,
    record: Customer | Contact,
    customer: Customer,
    kind: str,
    opened: dict[str, str] | None = None,
) -> dict[str, Any]:
    rows = {row.name: row.masked for row in Sensitive.objects.about(kind, record.pk)}
    shown = rows if opened is None else opened
    return {
        "record": record,
        "customer": customer,
        "kind": kind,
        "values": [(label, shown.get(name, "–")) for name, label in Sensitive.Name.choices],
        "any": bool(rows),
        "is_open": opened is not None,
        "may_see": may_see_sensitive(request.user),
        "may_set": policies.may_set_sensitive(request.user, customer),
    }


def _back(customer: Customer) -> str:
    return reverse("customers:contacts", args=[customer.pk])
