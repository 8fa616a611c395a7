"""/customers/{id}/usage, /usage and /usage/features: how the platform is used (PLT-7)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.describing.operations import LISTING, ref, says
from leadline.api.describing.operations import list_of as described_list
from leadline.api.listing import list_of, parameters_of
from leadline.api.records import plain_number
from leadline.api.resources.seeing import customer_seen
from leadline.core.actions import require
from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.plans.models import Capability
from leadline.platform.fields import FEATURE_USE
from leadline.platform.models import FeatureUse
from leadline.platform.policies import sees_usage
from leadline.platform.queries.usage import DAY, MEASURES, UsedOn, last_days, sees_usage_of, usage_between
from leadline.platform.queries.utilisation import SORTS, Line, utilisation_for
from leadline.platform.reaching import usage_reached

of_customer, router = Router(tags=["usage"]), Router(tags=["usage"])
DAYS = 30
_DAY: dict[str, Any] = {"type": "string", "format": "date"}
BETWEEN: list[dict[str, Any]] = [
    {"name": name, "in": "query", "schema": _DAY, "description": words}
    for name, words in (
        ("from", "The first day; without, of as many days as make 30."),
        ("to", "The last day, which counts too; without, today."),
    )
]
ASKED: list[dict[str, Any]] = [
    {
        "name": "kind",
        "in": "query",
        "schema": {"enum": list(Capability.Kind.values)},
        "description": "Capabilities of this kind alone.",
    },
    {
        "name": "team",
        "in": "query",
        "schema": {"type": "integer", "minimum": 1},
        "description": "Customers of this team alone.",
    },
    {
        "name": "sort",
        "in": "query",
        "schema": {"enum": list(SORTS), "default": "customers"},
        "description": "By name, or the largest of a figure first.",
    },
]


@of_customer.get(
    "/{int:customer_id}/usage", summary="Read a customer's usage", **says(gives=ref("Usage"), query=BETWEEN)
)
def get_usage(request: Request, customer_id: int) -> HttpResponse:
    """Day by day in the organisation's zone, with the sums, those of as many days before, and capabilities.

    At most a year at once. Minutes count from one sign of life to the next where these are at most five
    minutes apart, until somebody logged out.
    """
    customer = customer_seen(request, customer_id)
    require(sees_usage_of(request.user, customer), who_can_help=ASK_AN_ADMINISTRATOR)
    given = parameters_of(request, ("from", "to"))
    last = _day(given, "to") or last_days(DAYS)[1]
    usage = usage_between(customer.pk, _day(given, "from") or last - (DAYS - 1) * DAY, last)
    return answer(
        {
            "from": usage.first,
            "to": usage.last,
            "time_zone": usage.zone,
            "totals": dict(usage.totals),
            "before": dict(usage.before),
            "days": [_used_on(day) for day in usage.days],
            "features": [_use(use) for use in usage.features],
        }
    )


@router.get(
    "", summary="List use of capabilities", **says(gives=described_list(ref("FeatureUse")), query=LISTING)
)
def list_usage(request: Request) -> HttpResponse:
    """What each customer uses of each capability this month, who is nearest to a limit first."""
    return list_of(request, FEATURE_USE, usage_reached(request.user), sorts=("-share",))


@router.get(
    "/features", summary="Read feature utilisation", **says(gives=ref("FeatureUtilisation"), query=ASKED)
)
def get_feature_utilisation(request: Request) -> HttpResponse:
    """How many of the customers that you see use each capability this month, and how near their limits.

    As counted last, every five minutes; `where` opens those behind a figure in `GET /usage`.
    """
    require(sees_usage(request.user), who_can_help=ASK_AN_ADMINISTRATOR)
    given = parameters_of(request, ("kind", "team", "sort"))
    found = utilisation_for(
        request.user,
        kind=_one_of(given, "kind", Capability.Kind.values),
        team=_team(given),
        sort=_one_of(given, "sort", SORTS) or "customers",
    )
    return answer(
        {
            "counted_at": found.counted_at,
            "customers": found.known,
            "features": [_line(line) for line in found.lines],
        }
    )


def _used_on(day: UsedOn) -> dict[str, Any]:
    return {"day": day.day, **{name: getattr(day, name) for name in MEASURES}}


def _use(use: FeatureUse) -> dict[str, Any]:
    return {
        "capability": use.capability.key,
        "name": use.capability.label,
        "kind": use.capability.kind,
        "used": plain_number(use.used),
        "last_month": plain_number(use.before),
        "limit": plain_number(use.most),
        "state": use.state,
        "times": use.times,
        "users": use.users,
        "last_on": use.last_on,
    }


def _line(line: Line) -> dict[str, Any]:
    capability = line.capability
    return {
        "capability": capability.key,
        "name": capability.label,
        "kind": capability.kind,
        "limit": plain_number(capability.default_limit),
        "customers": line.customers,
        "customers_last_month": line.customers_before,
        "used": plain_number(line.used) if line.adds_up else None,
        "used_last_month": plain_number(line.used_before) if line.adds_up else None,
        "times": line.times,
        **{state: getattr(line, state) for state in ("near", "full", "over")},
        "where": {"field": "capability", "op": "equals", "value": capability.pk},
    }


def _day(given: dict[str, str], name: str) -> date | None:
    text = given.get(name, "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 2000 <= day.year < 3000:
        raise RuleBroken(_("A day as 2030-12-31."), field=name, value=text[:60])
    return day


def _one_of(given: dict[str, str], name: str, known: Any) -> str:
    value = given.get(name, "")
    if value and value not in known:
        message = _("“%(name)s” is one of %(known)s.") % {"name": name, "known": ", ".join(known)}
        raise RuleBroken(message, field=name, value=value[:60])
    return value


def _team(given: dict[str, str]) -> int | None:
    text = given.get("team", "")
    key = numeric_id(text)
    if text and key is None:
        message = _("“%(name)s” is a whole number.") % {"name": "team"}
        raise RuleBroken(message, field="team", value=text[:60])
    return key
