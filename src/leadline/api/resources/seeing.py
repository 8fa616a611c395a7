"""Fetching what a request names: what one may not see is not there (ALL-3)."""

from typing import Any

from django.http import Http404

from leadline.core.requests import Request
from leadline.customers.models import Contact, Customer
from leadline.customers.queries.merged import survivors_of
from leadline.leads.models import Lead
from leadline.timeline.models import Activity, Note, Promise


def seen(rows: Any, request: Request, key: int) -> Any:
    """The record of that key among those the person sees. Raises `Http404`."""
    return one_of(rows.visible_to(request.user), key)


def one_of(rows: Any, key: int) -> Any:
    """The record of that key among these rows. Raises `Http404`."""
    found = rows.filter(pk=key).first() if 0 < key < 2**63 else None
    if found is None:
        raise Http404
    return found


def customer_seen(request: Request, key: int) -> Customer:
    """A customer, archived or not, with its owner at hand."""
    return seen(Customer.objects.select_related("owner", "team"), request, key)


def contact_seen(request: Request, key: int) -> Contact:
    """A contact with its customer."""
    return seen(Contact.objects.select_related("customer__owner"), request, key)


def survivor_address(request: Request, record: Customer | Contact) -> str:
    """Where the survivor of a merged record is read, if the person sees it; empty for one that stands."""
    if not record.is_merged:
        return ""
    model = type(record)
    key = survivors_of(model, [record.pk])[record.pk]
    rows: Any = model._default_manager.all()
    seen = rows.visible_to(request.user).filter(pk=key).exists()
    return f"/api/v1/{model._meta.model_name}s/{key}" if seen else ""


def note_seen(request: Request, key: int) -> Note:
    """A note."""
    return seen(Note.objects.all(), request, key)


def activity_seen(request: Request, key: int) -> Activity:
    """An activity."""
    return seen(Activity.objects.all(), request, key)


def lead_of(activity: Activity) -> Lead:
    """The lead that an activity is about, where it is about no customer."""
    return Lead.objects.select_related("stage", "owner").get(pk=activity.lead_id or 0)


def customer_of(entry: Activity | Note | Promise) -> Customer:
    """The customer that an entry is about."""
    return Customer.objects.select_related("owner").get(pk=entry.customer_id or 0)
