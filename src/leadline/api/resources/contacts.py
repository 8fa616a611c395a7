"""/contacts, and the contacts of a customer (CUS-11)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer_record, locked, moved
from leadline.api.bodies import id_in, object_of, only
from leadline.api.describing.operations import FIELDS, LISTING, PAGING, fields, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.describing.schemas import example_of, taken
from leadline.api.listing import fields_of, list_of, plain_list_of
from leadline.api.records import record_of
from leadline.api.resources.consents import STATED, STATEMENT, consent_shown, statement_in
from leadline.api.resources.seeing import contact_seen, customer_seen, survivor_address
from leadline.api.scopes import OfOneRecord
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.customers import actions
from leadline.customers.fields import CONTACT
from leadline.customers.models import Contact, Customer
from leadline.governance.models import Consent
from leadline.people.scope import reach

router = Router(tags=["contacts"])
of_customer = Router(tags=["contacts"])
LIST = says(gives=described_list(ref("Contact")), query=LISTING)
VERB = says(gives=ref("Contact"), takes=fields({}), example={}, optional=True, versioned=True)


@router.get("", summary="List contacts", **LIST)
def list_contacts(request: Request) -> HttpResponse:
    """People at the customers that you see."""
    return list_of(request, CONTACT, reach(request.user, "customer", "view"))


@of_customer.get("/{int:customer_id}/contacts", summary="List contacts of a customer", **LIST)
def list_contacts_of_customer(request: Request, customer_id: int) -> HttpResponse:
    """People at one customer."""
    return list_of(
        request,
        CONTACT,
        OfOneRecord(customer_seen(request, customer_id).pk, "customers_contact.customer_id"),
    )


@router.post(
    "",
    summary="Add a contact",
    **says(
        gives=ref("Contact"),
        status=201,
        takes=taken(CONTACT, to_create=True),
        example=example_of(CONTACT),
        versioned=True,
    ),
)
def add_contact(request: Request) -> HttpResponse:
    """The first contact of a customer becomes its primary."""
    answers = only(object_of(request), CONTACT.named_by(request.user))
    return _added(request, named_customer(request, answers), answers)


@of_customer.post(
    "/{int:customer_id}/contacts",
    summary="Add a contact to a customer",
    **says(
        gives=ref("Contact"),
        status=201,
        takes=taken(CONTACT, to_create=True, without=["customer"]),
        example=example_of(CONTACT, without=["customer"]),
        versioned=True,
    ),
)
def add_contact_to_customer(request: Request, customer_id: int) -> HttpResponse:
    """The same, where the address names the customer."""
    customer = customer_seen(request, customer_id)
    return _added(request, customer, only(object_of(request), _named_by(request)))


@router.get(
    "/{int:contact_id}",
    summary="Read a contact",
    **says(gives=ref("Contact"), query=[FIELDS], versioned=True),
)
def get_contact(request: Request, contact_id: int) -> HttpResponse:
    """One contact with its ETag; one that was merged leads to the survivor (307)."""
    contact = contact_seen(request, contact_id)
    if address := survivor_address(request, contact):
        return moved(address)
    data = record_of(CONTACT, contact.pk, request.user, fields_of(request, CONTACT))
    return answer_record(request, data, version=contact.version)


@router.patch(
    "/{int:contact_id}",
    summary="Change a contact",
    **says(
        gives=ref("Contact"),
        takes=taken(CONTACT, to_create=False, without=["customer"]),
        example={"title": "Head of purchasing"},
        versioned=True,
    ),
)
def change_contact(request: Request, contact_id: int) -> HttpResponse:
    """What is not given stays. To another customer a contact is moved by `/contacts/{id}/move`."""
    contact = contact_seen(request, contact_id)
    answers = only(object_of(request), _named_by(request))
    contact = locked(request, contact, "customer")
    return _shown(
        request, actions.edit_contact(contact, version=contact.version, **answers, by=request.actor)
    )


@router.post("/{int:contact_id}/primary", summary="Make a contact the primary", **VERB)
def make_contact_primary(request: Request, contact_id: int) -> HttpResponse:
    """It moves from the one who was."""
    return _simple(request, contact_id, actions.make_primary)


@router.post("/{int:contact_id}/archive", summary="Archive a contact", **VERB)
def archive_contact(request: Request, contact_id: int) -> HttpResponse:
    """If it was the primary, the next by name becomes it."""
    return _simple(request, contact_id, actions.archive_contact)


@router.post("/{int:contact_id}/restore", summary="Restore a contact", **VERB)
def restore_contact(request: Request, contact_id: int) -> HttpResponse:
    """The primary stays who it is."""
    return _simple(request, contact_id, actions.restore_contact)


@router.post(
    "/{int:contact_id}/move",
    summary="Move a contact to another customer",
    **says(
        gives=ref("Contact"),
        takes=fields({"customer": {"type": "integer"}}, "customer"),
        example={"customer": 2},
        versioned=True,
    ),
)
def move_contact(request: Request, contact_id: int) -> HttpResponse:
    """You must be allowed to edit both customers; the contact keeps its history."""
    contact = contact_seen(request, contact_id)
    answers = only(object_of(request), ["customer"])
    customer = named_customer(request, answers)
    return _shown(
        request,
        actions.move_contact(locked(request, contact, "customer"), customer=customer, by=request.actor),
    )


@router.get(
    "/{int:contact_id}/consents",
    summary="List what a contact stated",
    **says(gives=described_list(ref("Consent")), query=PAGING),
)
def list_consents(request: Request, contact_id: int) -> HttpResponse:
    """Consents given and withdrawn, the newest first."""
    contact = contact_seen(request, contact_id)
    return plain_list_of(request, Consent.objects.about("contact", contact.pk), consent_shown)


@router.post(
    "/{int:contact_id}/consents",
    summary="Note a consent of a contact",
    **says(gives=ref("Contact"), takes=STATEMENT, example=STATED, versioned=True),
)
def note_a_consent(request: Request, contact_id: int) -> HttpResponse:
    """Given or withdrawn, on a day, somewhere; the newest statement holds."""
    contact = contact_seen(request, contact_id)
    stated = statement_in(request)
    contact = locked(request, contact, "customer")
    return _shown(request, actions.record_consent(contact, **stated, by=request.actor))


def _named_by(request: Request) -> list[str]:
    """What may be sent where the address names the customer, or the contact."""
    return [name for name in CONTACT.named_by(request.user) if name != "customer"]


def named_customer(request: Request, answers: dict[str, Any]) -> Customer:
    """The customer whose id the body gives, if the person sees it; taken out of the answers."""
    key = id_in(answers, "customer")
    customer = Customer.objects.visible_to(request.user).select_related("owner").filter(pk=key).first()
    if customer is None:
        raise RuleBroken(_("There is no such customer."), field="customer", value=key)
    del answers["customer"]
    return customer


def _added(request: Request, customer: Customer, answers: dict[str, Any]) -> HttpResponse:
    return _shown(request, actions.add_contact(customer, **answers, by=request.actor), status=201)


def _simple(request: Request, key: int, verb: Callable[..., Contact]) -> HttpResponse:
    contact = contact_seen(request, key)
    only(object_of(request, optional=True), ())
    return _shown(request, verb(locked(request, contact, "customer"), by=request.actor))


def _shown(request: Request, contact: Contact, *, status: int = 200) -> HttpResponse:
    version = Contact.objects.values_list("version", flat=True).get(pk=contact.pk)
    location = f"/api/v1/contacts/{contact.pk}" if status == 201 else ""
    data = record_of(CONTACT, contact.pk, request.user)
    return answer_record(request, data, version=version, status=status, location=location)
