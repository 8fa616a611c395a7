"""By what other systems know a customer or a contact (CUS-20)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only, text_in
from leadline.api.describing.operations import fields, says
from leadline.api.listing import parameters_of
from leadline.api.resources.seeing import contact_seen, customer_seen
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers.actions import set_external_ids
from leadline.customers.models import Contact, Customer
from leadline.customers.queries.external_ids import external_ids_of

of_customer = Router(tags=["customers"])
of_contact = Router(tags=["contacts"])
_ONE = fields({"system": {"type": "string"}, "value": {"type": "string"}})
SHOWN = fields({"data": {"type": "array", "items": _ONE}})
SETS = fields(
    {
        "system": {"type": "string", "maxLength": 100},
        "values": {"type": "array", "items": {"type": "string", "maxLength": 200}, "maxItems": 50},
    }
)
READ = says(gives=SHOWN)
SET = says(gives=SHOWN, takes=SETS, example={"system": "HubSpot", "values": ["12345"]})


@of_customer.get("/{int:customer_id}/external-ids", summary="Read external ids", **READ)
def get_external_ids_of_customer(request: Request, customer_id: int) -> HttpResponse:
    """The systems that know this customer, and by what."""
    return _shown(request, customer_seen(request, customer_id))


@of_contact.get("/{int:contact_id}/external-ids", summary="Read external ids", **READ)
def get_external_ids_of_contact(request: Request, contact_id: int) -> HttpResponse:
    """The same of a contact."""
    return _shown(request, contact_seen(request, contact_id))


@of_customer.put("/{int:customer_id}/external-ids", summary="Set external ids", **SET)
def set_external_ids_of_customer(request: Request, customer_id: int) -> HttpResponse:
    """Say by what one system knows this customer; no values: it knows it no more."""
    return _set(request, customer_seen(request, customer_id))


@of_contact.put("/{int:contact_id}/external-ids", summary="Set external ids", **SET)
def set_external_ids_of_contact(request: Request, contact_id: int) -> HttpResponse:
    """The same of a contact."""
    return _set(request, contact_seen(request, contact_id))


def _set(request: Request, record: Customer | Contact) -> HttpResponse:
    given = only(object_of(request), ("system", "values"))
    values = given.get("values")
    if not isinstance(values, list) or len(values) > 50 or not all(isinstance(each, str) for each in values):
        raise RuleBroken(_("“values” is a list of at most 50 texts."), field="values", value=values)
    set_external_ids(record, system=text_in(given, "system"), values=values, by=request.actor)
    return answer(_ids(record))


def _shown(request: Request, record: Customer | Contact) -> HttpResponse:
    parameters_of(request, ())
    return answer(_ids(record))


def _ids(record: Customer | Contact) -> dict[str, Any]:
    kind = "customer" if isinstance(record, Customer) else "contact"
    return {"data": external_ids_of(kind, [record.pk]).get(record.pk, [])}
