"""How a customer uses the platform: a part of its page, a page of its own, and a file (PLT-7)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.core.actions import require
from leadline.core.drawing import Chart, chart_of
from leadline.core.formats import number, percent
from leadline.core.requests import Request
from leadline.customers.models import Customer
from leadline.customers.queries.seeing import customer_seen_by
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform.listing import USE_TONES
from leadline.platform.models import FeatureUse
from leadline.platform.queries.usage import (
    DEFINITIONS,
    MEASURES,
    Usage,
    last_days,
    sees_usage_of,
    usage_between,
)

PERIODS = (30, 90)
TELLING = ("near", "full", "over", "outside")  # states that are said in words beside the bar


@dataclass(frozen=True)
class Figure:
    """One measure of a period: its sum, how that stands to the period before, and its line day by day."""

    name: str
    label: str
    definition: str
    total: int
    trend: str
    tone: str
    chart: Chart


@dataclass(frozen=True)
class Bar:
    """A capability that is used, against its limit, in words."""

    use: FeatureUse
    label: str
    words: str
    state: str
    tone: str

    @property
    def is_drawn(self) -> bool:
        """Whether there is a limit to draw against."""
        return bool(self.use.most) and not self.use.capability.is_switch


@require_safe
def usage_beside(request: Request, pk: int) -> HttpResponse:
    """The part of a customer's page; empty where nothing is used, or the role does not show it."""
    customer = _seen(request, pk)
    shown = _scene(request, customer) if sees_usage_of(request.user, customer) else {}
    is_there = bool(shown) and not shown["usage"].is_empty
    return render(
        request, "platform/_usage_beside.html", {**shown, "customer": customer, "is_there": is_there}
    )


@require_safe
def usage_of(request: Request, pk: int) -> HttpResponse:
    """All of it: each measure, a chart with its table, and what is used against the limits."""
    customer = _allowed(request, pk)
    show = request.GET.get("show", "")
    show = show if show in MEASURES else "minutes"
    names = [show, *(name for name in MEASURES if name != show)]
    context = {
        **_scene(request, customer),
        "customer": customer,
        "show": show,
        "columns": [(name, MEASURES[name]) for name in names],
    }
    return render(request, "platform/usage.html", context)


@require_safe
def usage_file(request: Request, pk: int) -> HttpResponse:
    """The days as CSV."""
    customer = _allowed(request, pk)
    usage = _usage(request, customer)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="usage-{customer.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow(["day", *MEASURES])
    writer.writerows([day.day, *(getattr(day, name) for name in MEASURES)] for day in usage.days)
    return response


def _seen(request: Request, pk: int) -> Customer:
    customer = customer_seen_by(request.user, pk)
    if customer is None:
        raise Http404
    return customer


def _allowed(request: Request, pk: int) -> Customer:
    customer = _seen(request, pk)
    require(sees_usage_of(request.user, customer), who_can_help=ASK_AN_ADMINISTRATOR)
    return customer


def _usage(request: Request, customer: Customer) -> Usage:
    return usage_between(customer.pk, *last_days(_period(request)))


def _period(request: Request) -> int:
    given = request.GET.get("days", "")
    return int(given) if given in {str(days) for days in PERIODS} else PERIODS[0]


def _scene(request: Request, customer: Customer) -> dict[str, Any]:
    usage, days = _usage(request, customer), _period(request)
    return {
        "usage": usage,
        "days": days,
        "periods": PERIODS,
        "figures": [_figure(name, usage, days) for name in MEASURES],
        "bars": [_bar(use) for use in usage.features],
    }


def _figure(name: str, usage: Usage, days: int) -> Figure:
    total, before = usage.totals[name], usage.before[name]
    sizes = [getattr(day, name) for day in usage.days]
    tone = "" if total == before else "good" if total > before else "bad"
    return Figure(
        name,
        str(MEASURES[name]),
        str(DEFINITIONS[name]),
        total,
        trend_in_words(total, before, days),
        tone,
        chart_of(sizes, width=90, height=22),
    )


def trend_in_words(total: int, before: int, days: int) -> str:
    """How a sum stands to that of the period before."""
    words = {"days": number(days)}
    if total == before:
        return _("as in the %(days)s days before") % words if total else _("none, as before")
    if not before:
        return _("none in the %(days)s days before") % words
    change = percent(round(abs(total - before) / before, 2))
    told = _("%(change)s more than in the %(days)s days before")
    if total < before:
        told = _("%(change)s less than in the %(days)s days before")
    return told % {"change": change, **words}


def _bar(use: FeatureUse) -> Bar:
    state = use.get_state_display() if use.state in TELLING else ""
    return Bar(use, use.capability.label, _used_in_words(use), state, USE_TONES[use.state])


def _used_in_words(use: FeatureUse) -> str:
    if use.capability.is_switch:
        if not use.used:
            return _("not used this month")
        return _("used, off without a plan") if use.state == "outside" else _("used this month")
    if use.most is None:
        return _("%(used)s, no limit") % {"used": number(use.used)}
    if use.state == "outside":
        return _("%(used)s, though no plan includes it") % {"used": number(use.used)}
    return _("%(used)s of %(most)s") % {"used": number(use.used), "most": number(use.most)}
