"""What the platform tells of a customer, as a part of its page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.core.requests import Request
from leadline.customers.queries.seeing import customer_seen_by
from leadline.platform.policies import sees_payments, sees_platform
from leadline.platform.queries.person import OfPerson, platform_of
from leadline.platform.reasons import method_in_words, reason_in_words

if TYPE_CHECKING:
    from leadline.people.models import User


@require_safe
def of_customer(request: Request, pk: int) -> HttpResponse:
    """A part of the page of a customer, empty where nobody of it is known on the platform."""
    user = request.user
    customer = customer_seen_by(user, pk)
    if customer is None:
        raise Http404
    context = {
        **panel_of(user, platform_of(pk, user) if sees_platform(user) else None),
        "customer": customer,
        "its_payments": json.dumps({"field": "customer", "op": "equals", "value": pk}),
    }
    return render(request, "platform/_of_customer.html", context)


def panel_of(user: User, platform: OfPerson | None) -> dict[str, Any]:
    """What the part wants that tells of the platform (`platform/_told.html`)."""
    return {
        "platform": platform,
        "may_see_payments": sees_payments(user),
        "reason_in_words": reason_in_words,
        "method_in_words": method_in_words,
    }
