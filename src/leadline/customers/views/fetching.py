"""How views fetch: through `visible_to`, so that what one may not see is a 404 (ALL-3).

Each asks for what is seen at once: what is out of sight takes no query more than what is not there.
"""

from typing import TypeVar

from django.http import Http404
from django.shortcuts import get_object_or_404

from leadline.core.requests import Request
from leadline.customers.actions.logging import require_entry
from leadline.customers.actions.picking import require_may
from leadline.customers.models import Contact, Customer
from leadline.customers.queries.seeing import customer_seen_by
from leadline.timeline.models import Activity, Note, Promise


def customer_of(request: Request, pk: int) -> Customer:
    """A customer that the person sees, archived or not."""
    customer = customer_seen_by(request.user, pk)
    if customer is None:
        raise Http404
    return customer


def customer_for(request: Request, pk: int, verb: str) -> Customer:
    """A customer on which the person may do the verb; refused before anything is typed, with the reason."""
    customer = customer_of(request, pk)
    require_may(customer, verb, by=request.actor)
    return customer


def contact_for_editing(request: Request, pk: int) -> Contact:
    """A contact of a customer that the person may edit."""
    contact = contact_of(request, pk)
    require_may(contact.customer, "edit", by=request.actor)
    return contact


def contact_of(request: Request, pk: int) -> Contact:
    """A contact of a customer that the person sees."""
    contacts = Contact.objects.visible_to(request.user).select_related("customer__owner")
    return get_object_or_404(contacts, pk=pk)


def activity_of(request: Request, pk: int) -> tuple[Activity, Customer]:
    """An activity with its customer."""
    seen = Activity.objects.visible_to(request.user)
    activity = get_object_or_404(seen.current().select_related("user"), pk=pk)
    return activity, customer_of(request, activity.customer_id)


def note_of(request: Request, pk: int) -> tuple[Note, Customer]:
    """A note with its customer."""
    seen = Note.objects.visible_to(request.user)
    note = get_object_or_404(seen.select_related("author"), pk=pk)
    return note, customer_of(request, note.customer_id)


def promise_of(request: Request, pk: int) -> tuple[Promise, Customer]:
    """A promise with its customer."""
    seen = Promise.objects.visible_to(request.user)
    promise = get_object_or_404(seen.select_related("user"), pk=pk)
    return promise, customer_of(request, promise.customer_id)


Entry = TypeVar("Entry", Activity, Note, Promise)


def for_editing(request: Request, found: tuple[Entry, Customer]) -> tuple[Entry, Customer]:
    """What is on the timeline, for whoever wrote it or may edit its customer."""
    entry, customer = found
    require_entry(entry, customer, request.actor)
    return entry, customer
