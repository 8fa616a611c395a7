"""/metrics: what is counted, the figures, and the records behind them (PRF-2, SIG-6)."""

from typing import Any

from django.http import Http404, HttpResponse
from ninja import Router

from leadline.api.answering import answer
from leadline.api.describing.operations import fields, says
from leadline.api.listing import parameters_of
from leadline.core.fields import Viewer
from leadline.core.metrics import PERIODS, Answer, Figure, Metric, answer_to, metrics_for, question_of
from leadline.core.requests import Request

router = Router(tags=["metrics"])
_TEXT: dict[str, Any] = {"type": "string"}
_VALUE = {"type": ["number", "string", "null"], "description": "Amounts of money as text, to the cent."}
_METRIC: dict[str, dict[str, Any]] = {
    "name": _TEXT,
    "label": _TEXT,
    "definition": _TEXT,
    "unit": {"enum": ["count", "ratio", "money", "duration"], "description": "Durations are in minutes."},
    "better": {"enum": ["more", "less", ""]},
    "groupings": {"type": "array", "items": _TEXT},
    "records": {"type": "string", "description": "The kind of the records behind its figures."},
}
_FIGURE: dict[str, dict[str, Any]] = {
    "value": _VALUE,
    "currency": _TEXT,
    "count": {"type": "integer", "description": "From how many counted."},
    "records": {"type": "string", "description": "The page with exactly these; empty where none is."},
}
_GROUP: dict[str, dict[str, Any]] = {
    "key": {"type": ["string", "integer", "null"]},
    "label": _TEXT,
    **_FIGURE,
}
GIVES = fields(
    {
        **_METRIC,
        "period": fields({"first": {**_TEXT, "format": "date"}, "last": {**_TEXT, "format": "date"}}),
        "zone": _TEXT,
        "as_of": {"type": "string", "format": "date-time"},
        "where": {"type": "object", "description": "The condition of the records, as their list takes it."},
        "totals": {"type": "array", "items": fields(_FIGURE)},
        "figures": {"type": "array", "items": fields(_GROUP)},
    }
)
QUERY: list[dict[str, Any]] = [
    {
        "name": "period",
        "description": f"{', '.join(PERIODS)}, a day, or two as 2026-03-01..2026-03-31.",
        "schema": {"type": "string", "default": "this_month"},
    },
    {"name": "by", "description": "One of the metric's groupings.", "schema": _TEXT},
    {"name": "user", "description": "The id of one person, or me.", "schema": _TEXT},
    {"name": "team", "description": "The id of one team.", "schema": _TEXT},
]


@router.get(
    "", summary="List metrics", **says(gives=fields({"data": {"type": "array", "items": fields(_METRIC)}}))
)
def list_metrics(request: Request) -> HttpResponse:
    """What is counted, each with its definition."""
    parameters_of(request, ())
    return answer({"data": [_described(metric) for metric in metrics_for(request.user)]})


@router.get("/{name}", summary="Read a metric", **says(gives=GIVES, query=QUERY))
def get_metric(request: Request, name: str) -> HttpResponse:
    """The figures over what you see, over a period: the whole, and by groups where you ask for some."""
    if name not in {metric.name for metric in metrics_for(request.user)}:
        raise Http404
    given = parameters_of(request, [parameter["name"] for parameter in QUERY])
    question = question_of(name, given, request.user)
    found = answer_to(question, Viewer(user=request.user))
    period = question.period
    return answer(
        {
            **_described(question.metric),
            "period": {"first": period.first, "last": period.last},
            "zone": found.zone,
            "as_of": found.as_of,
            "where": question.behind,
            "totals": [_figure(each) for each in found.totals],
            "figures": _groups(found),
        }
    )


def _described(metric: Metric) -> dict[str, Any]:
    return {
        "name": metric.name,
        "label": str(metric.label),
        "definition": str(metric.definition),
        "unit": metric.unit,
        "better": metric.better,
        "groupings": list(metric.groupings),
        "records": metric.records_kind,
    }


def _groups(found: Answer) -> list[dict[str, Any]]:
    return [{"key": _key(each.key), "label": each.label, **_figure(each)} for each in found.figures]


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "value": figure.value,
        "currency": figure.currency,
        "count": figure.count,
        "records": figure.records,
    }


def _key(key: Any) -> Any:
    return key if key is None or isinstance(key, int | str) else key.isoformat()
