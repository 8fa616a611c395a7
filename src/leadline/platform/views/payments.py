"""The log of payments: a list like all others, with sums and an alert, that changes by itself (PLT-5)."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadline.core.actions import require
from leadline.core.lists import bulk_doors, doors, view_doors
from leadline.core.lists.addresses import where_word
from leadline.core.lists.cells import escape
from leadline.core.lists.door import address_of
from leadline.core.lists.filters import with_part
from leadline.core.lists.rows import Head, Rows
from leadline.core.lists.showing import Shown, shown_list
from leadline.core.requests import Request
from leadline.customers.queries.place import country_name
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform.listing import PAYMENTS
from leadline.platform.policies import sees_payments
from leadline.platform.queries.payments import Total, failing_for, largest, newest_payment, totals_of
from leadline.platform.reaching import payments_reached
from leadline.platform.reasons import method_in_words, reason_in_words

View = Callable[..., HttpResponse]
MOST_TOTALS = 8
ANY_KEY = "\ue000"  # stands in an address for a method, a country or a reason
PERIODS = ((1, _("24 hours")), (7, _("7 days")), (31, _("31 days")))


def for_who_sees_payments(view: View) -> View:
    """Let in whoever may see payments, and tell others who can help."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        require(sees_payments(request.user), who_can_help=ASK_AN_ADMINISTRATOR)
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_who_sees_payments
def payments(request: Request) -> HttpResponse:
    """A page of payments as the address says, the latest first, with what they add up to."""
    return _answered(request, "platform/payments.html", newest_payment())


@require_safe
@for_who_sees_payments
def payments_state(request: Request) -> HttpResponse:
    """The part that changes; 204 while no payment came since `seen`."""
    newest = newest_payment()  # asked first: what comes meanwhile is shown at the next look
    if request.GET.get("seen") == str(newest):
        return HttpResponse(status=204)
    return _answered(request, "platform/_payments.html", newest)


@require_safe
@for_who_sees_payments
def count_all(request: Request) -> HttpResponse:
    """The exact count, when somebody asks for it."""
    return doors.count_all(request, PAYMENTS)


@require_safe
@for_who_sees_payments
def choose_filter(request: Request) -> HttpResponse:
    """Choose a field, then a question about it."""
    return doors.choose_filter(request, PAYMENTS)


@require_safe
@for_who_sees_payments
def choose_columns(request: Request) -> HttpResponse:
    """Choose and order the columns."""
    return doors.choose_columns(request, PAYMENTS)


@require_http_methods(["GET", "POST"])
@for_who_sees_payments
def export(request: Request) -> HttpResponse:
    """A selection, or all that the address shows, as a file."""
    return bulk_doors.export(request, PAYMENTS)


@require_http_methods(["GET", "POST"])
@for_who_sees_payments
def save_view(request: Request) -> HttpResponse:
    """Keep the list as it stands under a name."""
    return view_doors.save_view(request, PAYMENTS)


@require_http_methods(["GET", "POST"])
@for_who_sees_payments
def change_view(request: Request, pk: int) -> HttpResponse:
    """Rename, share or renew a view, or open the list with it."""
    return view_doors.change_view(request, PAYMENTS, pk)


@require_POST
@for_who_sees_payments
def remove_view(request: Request, pk: int) -> HttpResponse:
    """Remove a view."""
    return view_doors.remove_view(request, PAYMENTS, pk)


@require_safe
@for_who_sees_payments
def view_counts(request: Request) -> HttpResponse:
    """How many each view shows."""
    return view_doors.view_counts(request, PAYMENTS)


def _answered(request: Request, template: str, newest: int) -> HttpResponse:
    """The payments of an address, looked for while what they add up to is; see `doors.list_page`."""
    shown = shown_list(request, PAYMENTS)
    shown.scope = payments_reached(request.user).looked_up()
    with shown.ahead():
        return render(request, template, _context(shown, newest))


def _context(shown: Shown, newest: int) -> dict[str, Any]:
    user = shown.user
    failing = failing_for(user)
    around = doors.around(shown)
    totals = totals_of(shown.asking, newest=newest, scope=shown.scope, context=PAYMENTS.context(user))
    return {
        "rows": Rows(shown, _head, named_by="payer"),
        **around,
        "seen": newest,
        "is_first": shown.asking.after is None and shown.asking.before is None,
        "failing": failing[0],
        "alarms": [each for each in failing if each.is_alarming],
        "totals": totals,
        "groups": [
            (_("By method"), _group(shown, "method", totals.methods, method_in_words), False),
            (_("By country"), _group(shown, "country", totals.countries, country_name), False),
            (_("By reason"), _group(shown, "reason", totals.reasons, reason_in_words), True),
        ],
        "periods": [(label, *_period(shown, days)) for days, label in PERIODS],
        "method_in_words": method_in_words,
    }


def _group(
    shown: Shown, name: str, groups: dict[str, Total], words: Callable[[str], str]
) -> list[tuple[str, Total, str]]:
    """Words, sums and the address of just those, of the largest."""
    address = _narrowed(shown, {"field": name, "op": "equals", "value": ANY_KEY})
    return [
        (
            words(total.key),
            total,
            address.replace(quote(ANY_KEY), quote(json.dumps(total.key, ensure_ascii=False)[1:-1])),
        )
        for total in largest(groups, MOST_TOTALS)
    ]


def _period(shown: Shown, days: int) -> tuple[str, bool]:
    """The address of the same list over so many days, and whether it is shown now."""
    part = {"field": "at", "op": "in_last", "value": days, "unit": "days"}
    chip = next((chip for chip in shown.chips if chip.field == "at" and chip.op == "in_last"), None)
    return _narrowed(shown, part), chip is not None and chip.given.get("value") == days


def _narrowed(shown: Shown, part: dict[str, Any]) -> str:
    """The list with one more condition, in the place of the one that asks the same."""
    chip = next((chip for chip in shown.chips if chip.field == part["field"] and chip.op == part["op"]), None)
    where = with_part(shown.asking.where, part, place=chip.place if chip else None)
    return shown.address.to(where=where_word(where))


def _head() -> Head:
    """What makes the first cell: the payer, a link where it is a customer."""
    link = address_of("customers:page", 0).replace("/0/", "/%d/")

    def head(key: int, beside: tuple[Any, ...]) -> str:
        payer, customer_id = beside
        name = escape(payer)
        shown = f'<a class="clip" href="{link % customer_id}">{name}</a>' if customer_id else name
        return f'<th scope="row"><span class="clip">{shown}</span></th>'

    return head
