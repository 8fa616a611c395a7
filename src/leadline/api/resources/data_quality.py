"""/data-quality: how complete and fresh customers are, by portfolio (CUS-24)."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from leadline.api.answering import answer
from leadline.api.bodies import object_of, only
from leadline.api.describing.operations import fields, ref, says
from leadline.api.listing import parameters_of
from leadline.api.resources.jobs import job_started
from leadline.core.actions import require
from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.quality import policies
from leadline.quality.actions import start_counting
from leadline.quality.queries import Portfolios, Quality, quality_for

router = Router(tags=["customers"])
_WHOLE = {"type": "integer", "minimum": 0}
_LINE = fields(
    {
        "id": {"type": ["integer", "null"]},
        "name": {"type": "string"},
        "customers": _WHOLE,
        "score": _WHOLE,
        "lacking": {"type": "object", "additionalProperties": _WHOLE},
    }
)
_MEASURE = fields(
    {
        "name": {"type": "string"},
        "label": {"type": "string"},
        "definition": {"type": "string"},
        "share": {"type": "string", "description": "From 0 to 1."},
        "lacking": _WHOLE,
        "where": {"type": "object", "description": "The condition of those that lack it."},
    }
)
_WEEK = fields({"until": {"type": "string", "format": "date"}, "score": _WHOLE, "customers": _WHOLE})
GIVES = fields(
    {
        "counted_at": {"type": ["string", "null"], "format": "date-time"},
        "customers": _WHOLE,
        "score": _WHOLE,
        "measures": {"type": "array", "items": _MEASURE},
        "owners": {"type": "array", "items": _LINE},
        "teams": {"type": "array", "items": _LINE},
        "weeks": {"type": "array", "items": _WEEK},
    }
)
QUERY: list[dict[str, Any]] = [
    {
        "name": name,
        "in": "query",
        "schema": {"type": "integer", "minimum": 0},
        "description": f"The customers of this {name} alone; 0: of none.",
    }
    for name in ("owner", "team")
]


@router.get("", summary="Read data quality", **says(gives=GIVES, query=QUERY))
def get_data_quality(request: Request) -> HttpResponse:
    """The figures of the customers that you see, as counted the last time; null before the first count."""
    allowed = policies.may_see_quality(request.user)
    require(allowed, _("Your role sees no customers."))
    parameters_of(request, ("owner", "team"))
    found = quality_for(request.user, owner=_key(request, "owner"), team=_key(request, "team"))
    return answer(
        {
            "counted_at": found.counted_at,
            "customers": found.all.customers,
            "score": found.all.score,
            "measures": _measures(found.all),
            "owners": [_line(each) for each in found.owners],
            "teams": [_line(each) for each in found.teams],
            "weeks": [
                {"until": day, "score": score, "customers": count} for day, score, count in found.weeks
            ],
        }
    )


@router.post(
    "/refresh",
    summary="Count data quality again",
    **says(gives=ref("Job"), status=202, takes=fields({}), example={}, optional=True),
)
def refresh_data_quality(request: Request) -> HttpResponse:
    """It is counted every night anyway; a count that runs already is told."""
    only(object_of(request, optional=True), ())
    return job_started(start_counting(by=request.actor))


def _measures(quality: Quality) -> list[dict[str, Any]]:
    return [
        {
            "name": figure.measure.key,
            "label": str(figure.measure.label),
            "definition": str(figure.measure.definition),
            "share": f"{figure.share:.4f}",
            "lacking": figure.lacking,
            "where": figure.measure.lacking,
        }
        for figure in quality.figures
    ]


def _line(each: Portfolios) -> dict[str, Any]:
    return {
        "id": each.key or None,
        "name": each.name,
        "customers": each.quality.customers,
        "score": each.quality.score,
        "lacking": {figure.measure.key: figure.lacking for figure in each.quality.figures},
    }


def _key(request: Request, name: str) -> int | None:
    given = request.GET.get(name, "")
    if given in ("", "0"):
        return 0 if given else None
    key = numeric_id(given)
    if key is None:
        message = _("“%(name)s” is a whole number.") % {"name": name}
        raise RuleBroken(message, field=name, value=given)
    return key
