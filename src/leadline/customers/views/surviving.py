"""Old addresses of merged customers lead to the one that stays, with a note (CUS-23)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.views.decorators.http import require_GET

from leadline.core.ids import numeric_id
from leadline.core.merging import Merge
from leadline.core.requests import Request
from leadline.customers.models import Customer
from leadline.customers.queries.merged import survivors_of
from leadline.customers.views.fetching import customer_of

View = Callable[[Request, Customer], HttpResponse]


@dataclass(frozen=True)
class Merging:
    """What a page tells: `into` is the survivor if it is seen, `came_from` whose old address was opened."""

    into: Customer | None = None
    came_from: Customer | None = None
    change_set: int | None = None


def on_a_customer(view: View) -> Callable[[Request, int], HttpResponse]:
    """A page of a customer that the person sees; of a merged one the same page of its survivor.

    With `?itself=1` the merged one shows itself: what was written down about it is there.
    """

    @require_GET
    @wraps(view)
    def opened(request: Request, pk: int) -> HttpResponse:
        customer = customer_of(request, pk)
        if customer.is_merged and "itself" not in request.GET and (into := _survivor(request, customer)):
            name = resolve(request.path_info).view_name
            return redirect(f"{reverse(name, args=[into.pk])}?from={customer.pk}")
        return view(request, customer)

    return opened


def told_of_merging(request: Request, customer: Customer) -> Merging | None:
    """The note on top of a page, or None."""
    if customer.is_merged:
        return Merging(into=_survivor(request, customer))
    key = numeric_id(request.GET.get("from"))
    came_from = Customer.objects.visible_to(request.user).filter(pk=key).first() if key else None
    if came_from is None or survivors_of(Customer, [came_from.pk]).get(came_from.pk) != customer.pk:
        return None
    merges = Merge.objects.standing().filter(kind="customer", merged_ids__contains=[came_from.pk])
    mine = merges.filter(merged_by=request.user.pk)
    return Merging(came_from=came_from, change_set=mine.values_list("change_set_id", flat=True).first())


def _survivor(request: Request, customer: Customer) -> Customer | None:
    key = survivors_of(Customer, [customer.pk]).get(customer.pk)
    return Customer.objects.visible_to(request.user).filter(pk=key or 0).first()
