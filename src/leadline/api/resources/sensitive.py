"""Sensitive fields of customers and contacts (PPL-8)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only
from leadline.api.describing.operations import fields, says
from leadline.api.listing import parameters_of
from leadline.api.resources.seeing import contact_seen, customer_seen
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.actions.disclosing import kind_of
from leadline.customers.models import Contact, Customer
from leadline.governance.models import Sensitive

of_customer = Router(tags=["customers"])
of_contact = Router(tags=["contacts"])
VALUES = fields({name: {"type": ["string", "null"], "maxLength": 500} for name in Sensitive.Name.values})
READ = says(gives=VALUES)
SET = says(gives=VALUES, takes=VALUES, example={"tax_id": "01.234.567.8-901.000"})
REVEAL = says(gives=VALUES, takes=fields({}), example={}, optional=True)


@of_customer.get("/{int:customer_id}/sensitive", summary="Read masked sensitive fields", **READ)
def get_sensitive_of_customer(request: Request, customer_id: int) -> HttpResponse:
    """The last four letters of tax id, bank details and identity document; null where there is none."""
    return _masked(request, customer_seen(request, customer_id))


@of_contact.get("/{int:contact_id}/sensitive", summary="Read masked sensitive fields", **READ)
def get_sensitive_of_contact(request: Request, contact_id: int) -> HttpResponse:
    """The same of a contact."""
    return _masked(request, contact_seen(request, contact_id))


@of_customer.patch("/{int:customer_id}/sensitive", summary="Set sensitive fields", **SET)
def set_sensitive_of_customer(request: Request, customer_id: int) -> HttpResponse:
    """Null removes one; what is not given stays. The answer is masked."""
    return _set(request, customer_seen(request, customer_id))


@of_contact.patch("/{int:contact_id}/sensitive", summary="Set sensitive fields", **SET)
def set_sensitive_of_contact(request: Request, contact_id: int) -> HttpResponse:
    """The same of a contact."""
    return _set(request, contact_seen(request, contact_id))


@of_customer.post("/{int:customer_id}/sensitive/reveal", summary="Show sensitive fields", **REVEAL)
def reveal_sensitive_of_customer(request: Request, customer_id: int) -> HttpResponse:
    """In the clear, for roles that may see them; each time it stands in the audit."""
    return _revealed(request, customer_seen(request, customer_id))


@of_contact.post("/{int:contact_id}/sensitive/reveal", summary="Show sensitive fields", **REVEAL)
def reveal_sensitive_of_contact(request: Request, contact_id: int) -> HttpResponse:
    """The same of a contact."""
    return _revealed(request, contact_seen(request, contact_id))


def _masked(request: Request, record: Customer | Contact) -> HttpResponse:
    parameters_of(request, ())
    return _shown(record)


def _shown(record: Customer | Contact) -> HttpResponse:
    rows = Sensitive.objects.about(kind_of(record), record.pk)
    return answer({**dict.fromkeys(Sensitive.Name.values), **{row.name: row.masked for row in rows}})


def _set(request: Request, record: Customer | Contact) -> HttpResponse:
    given: dict[str, Any] = only(object_of(request), Sensitive.Name.values)
    for name, value in given.items():
        if value is not None and not isinstance(value, str):
            raise RuleBroken(_("A text, or null."), field=name, value=value)
    actions.set_sensitive_of(record, {name: value or "" for name, value in given.items()}, by=request.actor)
    return _shown(record)


def _revealed(request: Request, record: Customer | Contact) -> HttpResponse:
    only(object_of(request, optional=True), ())
    values = actions.reveal_sensitive_of(record, by=request.actor)
    response = answer({**dict.fromkeys(Sensitive.Name.values), **values})
    response.headers["Cache-Control"] = "no-store"
    return response
