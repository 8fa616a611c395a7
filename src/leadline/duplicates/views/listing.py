"""Pairs and groups, the surest first, and those of one customer (CUS-22)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.core.actions import require
from leadline.core.ids import numeric_id
from leadline.core.requests import Request
from leadline.customers.likeness.rules import ELSEWHERE, SIGNS
from leadline.customers.queries.seeing import customer_seen_by
from leadline.customers.verbs import may_merge
from leadline.duplicates import policies
from leadline.duplicates.queries import Asked, Group, grouped, half_out_of_sight, pairs_for, state_of
from leadline.people.models import Team, User


@require_safe
def pairs(request: Request) -> HttpResponse:
    """The pairs of which both sides are within reach, those that hang together in groups."""
    require(policies.may_see_duplicates(request.user))
    asked = _asked(request)
    shown, more = pairs_for(request.user, asked)
    user = request.user
    context = {
        "asked": asked,
        "groups": [_with_rights(user, group) for group in grouped(shown)],
        "more": "{:d}.{:d}.{:d}".format(*more) if more else "",
        "hidden": half_out_of_sight(user, asked.kind),
        "state": state_of(asked.kind),
        "signs": [(each.key, each.label) for each in SIGNS[asked.kind] if each is not ELSEWHERE],
        "teams": list(Team.objects.in_use().order_by("name").values_list("pk", "name")),
        "owner": User.objects.filter(pk=asked.owner).first() if asked.owner else None,
        "may_scan": policies.may_scan(user),
        "may_set_rules": policies.may_set_rules(user),
    }
    return render(request, "duplicates/list.html", context)


@require_safe
def of_customer(request: Request, pk: int) -> HttpResponse:
    """What may be the same as a customer; a part of its page, empty when there is nothing."""
    customer = customer_seen_by(request.user, pk)
    if customer is None:
        raise Http404
    shown, _more = pairs_for(request.user, Asked(record=pk, limit=5))
    others = [(each.high if each.low.pk == pk else each.low, each) for each in shown]
    context = {"customer": customer, "others": others, "may_merge": may_merge(request.user, customer)}
    return render(request, "duplicates/_of_customer.html", context)


def _asked(request: Request) -> Asked:
    given = request.GET
    kind = "contact" if given.get("kind") == "contact" else "customer"
    least = numeric_id(given.get("least")) or 0
    sign = given.get("sign", "")
    parts = [numeric_id(part) for part in given.get("after", "").split(".")]
    after: Any = None
    if len(parts) == 3 and None not in parts:
        after = (bool(parts[0]), parts[1], parts[2])
    return Asked(
        kind=kind,
        least=min(least, 100),
        sign=sign if sign in {each.key for each in SIGNS[kind]} else "",
        owner=numeric_id(given.get("owner")),
        team=numeric_id(given.get("team")),
        dismissed=given.get("dismissed") == "1",
        after=after,
    )


def _with_rights(user: User, group: Group) -> tuple[Group, bool]:
    """A group, and whether the person may merge all of it."""
    return group, all(may_merge(user, getattr(record, "customer", record)) for record in group.records)
