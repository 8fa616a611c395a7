"""The definitions of all metrics, and one metric with its figures, chart and table (WSP-6, WSP-8, SIG-6)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leadline.core.lists.door import viewer_of
from leadline.core.metrics import Metric, metrics_for
from leadline.core.metrics.metric import TIMES
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.workspaces.asking import Asked, asked_by
from leadline.workspaces.files import csv_of
from leadline.workspaces.told import Matrix, asked_of, group_name, matrix_of


@require_safe
def metrics(request: Request) -> HttpResponse:
    """All that is counted, in words."""
    return render(request, "workspaces/metrics.html", {"metrics": metrics_for(request.user)})


@require_safe
def metric(request: Request, name: str) -> HttpResponse:
    """The figures of one metric over a period, grouped, as chart and table."""
    found = _metric(request, name)
    asked = _asked(request, found)
    matrix = _matrix(request, found, asked)
    context = {
        "metric": found,
        "asked": asked,
        "matrix": matrix,
        "here": reverse("workspaces:metric", args=[name]),
        "file": asked.to(reverse("workspaces:metric_file", args=[name])),
        "groupings": [(by, group_name(found, by)) for by in found.groupings],
        "kind": "line" if matrix.by in TIMES and matrix.by != "hour" else "bar",
    }
    return render(request, "workspaces/metric.html", context)


@require_safe
def metric_file(request: Request, name: str) -> HttpResponse:
    """The same as CSV."""
    found = _metric(request, name)
    return csv_of(name, [_matrix(request, found, _asked(request, found))])


def _metric(request: Request, name: str) -> Metric:
    """The metric of that name; what says nothing to a person is not there."""
    found = next((each for each in metrics_for(request.user) if each.name == name), None)
    if found is None:
        raise Http404
    return found


def _asked(request: Request, found: Metric) -> Asked:
    asked = asked_by(request, by="day")
    return asked if asked.given["by"] in found.groupings else asked_by(_without_grouping(request), by="day")


def _without_grouping(request: Request) -> Any:
    given = request.GET.copy()
    given.pop("by", None)
    request.GET = given  # type: ignore[assignment]
    return request


def _matrix(request: Request, found: Metric, asked: Asked) -> Matrix:
    try:
        questions = asked_of([found.name], asked.given, request.user)
    except RuleBroken:  # a grouping by a field that this person does not see
        questions = asked_of([found.name], {**asked.given, "by": "day"}, request.user)
    return matrix_of(questions, viewer_of(request))
