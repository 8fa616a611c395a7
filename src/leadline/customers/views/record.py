"""The 360° page: its head, and one tab at a time, each with its own address (CUS-9, CUS-10)."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from leadline.core.changesets import ChangeSet
from leadline.core.custom.showing import Sections, custom_values
from leadline.core.fields import catalogue
from leadline.core.history import history_about
from leadline.core.ids import numeric_id
from leadline.core.lists.door import viewer_of
from leadline.core.requests import Request
from leadline.customers import policies, queries
from leadline.customers.forms import NoteForm
from leadline.customers.models import Customer
from leadline.customers.queries.overview import Figures, contacts_of, figures_of, notes_of, overview_of
from leadline.customers.queries.place import place_of
from leadline.customers.queries.timeline import Filters, Key
from leadline.customers.verbs import may
from leadline.customers.views.surviving import on_a_customer, told_of_merging
from leadline.governance.policies import may_look_after_privacy
from leadline.timeline.models import Activity


@on_a_customer
def page(request: Request, customer: Customer) -> HttpResponse:
    """The overview: figures, timeline, facts, contacts, pinned notes, open promises."""
    overview = overview_of(customer, timezone.localdate())
    return _tab(
        request,
        customer,
        "overview",
        overview.figures,
        timeline=queries.timeline_of(customer, limit=8),
        contacts=overview.contacts,
        pinned=overview.pinned,
        promises=overview.promises,
        external_ids=overview.external_ids,
        custom=_custom(request, "customer", [customer]).get(customer.pk, []),
    )


@on_a_customer
def contacts(request: Request, customer: Customer) -> HttpResponse:
    """The people there; archived ones when asked."""
    archived = request.GET.get("archived") == "only"
    people = contacts_of(customer, archived=archived)
    custom = _custom(request, "contact", people)
    return _tab(request, customer, "contacts", contacts=people, archived=archived, custom=custom)


@on_a_customer
def activities(request: Request, customer: Customer) -> HttpResponse:
    """The whole timeline, filtered and paged by key (TIM-1)."""
    filters = _filters(request)
    timeline = queries.timeline_of(customer, filters=filters, before=_key(request.GET.get("before", "")))
    kinds = [*Activity.Kind.choices, ("note", _("Note"))]
    return _tab(
        request,
        customer,
        "activities",
        timeline=timeline,
        filters=filters,
        kinds=kinds,
        outcomes=Activity.Outcome.choices,
    )


@on_a_customer
def notes(request: Request, customer: Customer) -> HttpResponse:
    """The notes, pinned ones on top."""
    return _tab(request, customer, "notes", notes=notes_of(customer), form=NoteForm())


@on_a_customer
def history(request: Request, customer: Customer) -> HttpResponse:
    """Every change of the customer and of what belongs to it, in plain words (ALL-4).

    What was part of a hand-over or another mass change says of which (PPL-1).
    """
    portion = history_about(
        "customer", customer.pk, before=_key(request.GET.get("before", "")), viewer=request.user
    )
    keys = {entry.change_set_id for entry in portion.entries if entry.change_set_id}
    sets = dict(ChangeSet.objects.filter(pk__in=keys).values_list("pk", "title")) if keys else {}
    return _tab(request, customer, "history", portion=portion, sets=sets)


def _custom(request: Request, kind: str, records: list[Any]) -> dict[int, Sections]:
    """The values of custom fields, those that point at a customer with its address."""
    return custom_values(
        catalogue(kind),
        records,
        viewer_of(request),
        lambda target, key: reverse("customers:page", args=[key]) if target == "customer" else "",
    )


def _tab(
    request: Request, customer: Customer, tab: str, figures: Figures | None = None, **parts: Any
) -> HttpResponse:
    user = request.user
    context = {
        "customer": customer,
        "tab": tab,
        "place": place_of(customer),
        "figures": figures or figures_of(customer, timezone.localdate()),
        "may_see_parent": customer.parent is not None and may(user, "view", customer.parent),
        "may": {
            "edit": policies.may_edit_customer(user, customer),
            "assign": policies.may_assign_customer(user, customer),
            "block": policies.may_block_customer(user, customer),
            "archive": policies.may_archive_customer(user, customer),
            "merge": policies.may_merge_customer(user, customer),
            "privacy": may_look_after_privacy(user),
            "log": policies.may_log_on(user, customer),
            "see_segments": user.may("segment", "view"),
        },
        "merging": told_of_merging(request, customer),
        "may_edit_entry": lambda entry: policies.may_edit_entry(user, entry, customer),
        **parts,
    }
    return render(request, f"customers/{tab}.html", context)


def _filters(request: Request) -> Filters:
    """What the address asks of the timeline; what can't be meant is left out."""
    asked = request.GET
    known = {*Activity.Kind.values, "note"}
    return Filters(
        kinds=tuple(kind for kind in asked.getlist("kind") if kind in known),
        user_id=numeric_id(asked.get("user")),
        outcome=asked.get("outcome", "") if asked.get("outcome") in Activity.Outcome.values else "",
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        words=asked.get("q", "").replace("\0", "").strip()[:200],
    )


def _day(text: str) -> datetime | None:
    try:
        return timezone.make_aware(datetime.strptime(text, "%Y-%m-%d"))
    except (ValueError, OverflowError):
        return None


def _key(text: str) -> Key | None:
    """The place in a timeline or history that an address names: `2026-11-22T10:00:00Z_123`."""
    at, _sign, number = text.replace(" ", "+").partition("_")
    try:
        moment = parse_datetime(at)
        return (moment, int(number)) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
