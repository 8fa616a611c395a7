"""Records side by side, and the merge of them: for customers and contacts alike (CUS-23)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leadline.core.answers import go_to
from leadline.core.changesets import preview
from leadline.core.fields import Field, Viewer, catalogue
from leadline.core.ids import numeric_id
from leadline.core.refusals import NotAllowed, Refusal
from leadline.core.requests import Request
from leadline.customers.actions.merging import MOST, Merged, merge_contacts, merge_customers, start_merge
from leadline.customers.actions.merging.equals import equal_contacts
from leadline.customers.actions.merging.outcome import merged_ids
from leadline.customers.actions.picking import require_may
from leadline.customers.models import Contact, Customer
from leadline.customers.queries import viewer_of
from leadline.customers.queries.choosing import choosable, proposed_survivor, side_by_side
from leadline.customers.verbs import may
from leadline.customers.views.fetching import contact_of, customer_for

Record = Customer | Contact


@dataclass(frozen=True)
class Asked:
    """What the page was asked: which records, which stays, which values, which contacts become one."""

    kind: str
    survivor: Any
    others: Sequence[Any]
    choose: dict[str, int]
    combine: list[str] | None
    customer: int | None

    @property
    def answers(self) -> dict[str, Any]:
        """As the action takes them."""
        given: dict[str, Any] = {"others": [each.pk for each in self.others], "choose": self.choose}
        if self.kind == "contact":
            return {**given, "customer": self.customer}
        return {**given, "combine": self.combine}


@require_http_methods(["GET", "POST"])
def merge(request: Request, pk: int) -> HttpResponse:
    """Customers side by side: choose per field, see what moves, merge."""
    customer_for(request, pk, "merge")
    return _merge(request, "customer", pk, Customer.objects.visible_to(request.user).select_related("owner"))


@require_http_methods(["GET", "POST"])
def merge_contact(request: Request, pk: int) -> HttpResponse:
    """The same for contacts, which may be at several customers."""
    contact = contact_of(request, pk)
    require_may(contact.customer, "merge", by=request.actor)
    rows = Contact.objects.visible_to(request.user).select_related("customer__owner")
    return _merge(request, "contact", pk, rows)


@require_safe
def choose_merge(request: Request, pk: int) -> HttpResponse:
    """Name the customer with which this one is merged."""
    customer = customer_for(request, pk, "merge")
    context = {"customer": customer, "back": reverse("customers:page", args=[pk])}
    return _dialog(request, "customers/_choose_merge.html", context)


@require_safe
def choose_contact_merge(request: Request, pk: int) -> HttpResponse:
    """Name the contact with which this one is merged: at the same customer, or with the same e-mail."""
    contact = contact_of(request, pk)
    require_may(contact.customer, "merge", by=request.actor)
    seen = Contact.objects.visible_to(request.user).current().select_related("customer").exclude(pk=pk)
    alike = seen.filter(customer=contact.customer) | seen.filter(email=contact.email)
    context = {
        "customer": contact.customer,
        "contact": contact,
        "alike": alike.order_by("name_key", "pk")[:50],
        "back": reverse("customers:contacts", args=[contact.customer_id]),
    }
    return _dialog(request, "customers/_choose_contact_merge.html", context)


def _dialog(request: Request, part: str, context: dict[str, Any]) -> HttpResponse:
    whole = part if request.headers.get("HX-Request") == "true" else "customers/dialog_page.html"
    return render(request, whole, {**context, "part": part})


def _merge(request: Request, kind: str, pk: int, rows: Any) -> HttpResponse:
    if request.method == "GET" and "with" not in request.GET:
        return redirect(_CHOOSE[kind], pk)
    asked = _asked(request, kind, pk, rows)
    if request.method == "POST" and "look" not in request.POST:
        try:
            return _done(request, start_merge(kind, asked.survivor, **asked.answers, by=request.actor))
        except NotAllowed:
            raise
        except Refusal as refusal:
            return render(request, "customers/merge.html", _context(request, asked, refusal), status=422)
    return render(request, "customers/merge.html", _context(request, asked, None))


def _asked(request: Request, kind: str, pk: int, rows: Any) -> Asked:
    given = request.POST if request.method == "POST" else request.GET
    ids = {key for key in (numeric_id(text) for text in given.getlist("with")) if key} | {pk}
    found = list(rows.filter(pk__in=ids).order_by("pk")[: MOST + 1])
    merged_ids(pk, ids - {pk})
    if len(found) < len(ids):
        raise Http404
    stays = numeric_id(given.get("stays"))
    survivor = next((each for each in found if each.pk == stays), None) or _proposed(request, kind, pk, found)
    names = {item.name for item in choosable(catalogue(kind), request.user)}
    choose = {name: numeric_id(given.get(f"choose-{name}")) for name in names}
    chose = "chose" in given
    return Asked(
        kind,
        survivor,
        [each for each in found if each.pk != survivor.pk],
        {name: key for name, key in choose.items() if key},
        given.getlist("combine") if chose else None,
        numeric_id(given.get("customer")),
    )


def _proposed(request: Request, kind: str, pk: int, found: list[Any]) -> Any:
    """What an address names stays, when somebody came from its page; of a pair the more complete one."""
    if "from" in request.GET:
        return next(each for each in found if each.pk == pk)
    return proposed_survivor(kind, found)


def _context(request: Request, asked: Asked, refusal: Refusal | None) -> dict[str, Any]:
    records = [asked.survivor, *asked.others]
    viewer = viewer_of(request)
    shown = {record.pk: _in_words(asked.kind, record, viewer) for record in records}
    lines = side_by_side(asked.kind, asked.survivor, asked.others, asked.choose, shown, viewer)
    foreseen: Merged | None = None
    if refusal is None:
        try:
            foreseen = _foresee(asked, request)
        except Refusal as found:
            refusal = found
    return {
        "asked": asked,
        "records": records,
        "differing": [line for line in lines if line.differs],
        "same": [line for line in lines if not line.differs],
        "equal": equal_contacts([each.pk for each in records]) if asked.kind == "customer" else [],
        "homes": _homes(records) if asked.kind == "contact" else [],
        "foreseen": foreseen,
        "refusal": refusal,
        "address": reverse(_ADDRESS[asked.kind], args=[asked.survivor.pk]),
        "back": reverse("customers:page", args=[_home(asked.survivor)]),
    }


_ADDRESS = {"customer": "customers:merge", "contact": "customers:merge_contact"}
_CHOOSE = {"customer": "customers:choose_merge", "contact": "customers:choose_contact_merge"}


def _foresee(asked: Asked, request: Request) -> Merged:
    """What would come of it: the merge itself, rolled back; rows that can be many are only counted."""
    verb: Any = merge_contacts if asked.kind == "contact" else merge_customers
    return preview(verb, asked.survivor, **asked.answers, later=True, by=request.actor)


def _in_words(kind: str, record: Record, viewer: Viewer) -> dict[str, str]:
    fields = choosable(catalogue(kind), viewer.user)
    return {item.name: _said(item, item.value_of(record), viewer) for item in fields}


def _said(item: Field, value: Any, viewer: Viewer) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, Customer) and not may(viewer.user, "view", value):
        return _("A customer of another team")
    return str(value) if hasattr(value, "pk") else item.render(value, viewer)


def _homes(records: Sequence[Contact]) -> list[Customer]:
    return list({record.customer_id: record.customer for record in records}.values())


def _home(record: Record) -> int:
    return record.customer_id if isinstance(record, Contact) else record.pk


def _done(request: Request, done: Merged) -> HttpResponse:
    if done.job:
        return go_to(request, reverse("work:job", args=[done.job]))
    if done.kind == "contact":
        contact = Contact.objects.get(pk=done.survivor)
        return go_to(request, reverse("customers:contacts", args=[contact.customer_id]))
    return go_to(request, f"{reverse('customers:page', args=[done.survivor])}?from={done.merged[0]}")
