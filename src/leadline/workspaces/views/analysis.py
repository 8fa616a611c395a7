"""The analysis of leads: ages, times in stages, conversion, first contact, attempts (LEA-11)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.core.actions import require
from leadline.core.lists.door import viewer_of
from leadline.core.metrics import answer_to
from leadline.core.requests import Request
from leadline.leads.policies import may_see_leads
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.workspaces.asking import Asked, asked_by
from leadline.workspaces.files import csv_of
from leadline.workspaces.told import Matrix, Told, asked_of, matrix_of, told_whole

WHOLE = (
    "new_leads",
    "conversion",
    "leads_converted",
    "lead_age",
    "speed_to_first_contact",
    "attempts_to_connect",
    "time_to_qualify",
    "time_to_qualify_90",
)
STAGES = ("stages_left", "time_in_stage", "time_in_stage_90", "stage_conversion")
COMPARED = (
    "new_leads",
    "conversion",
    "lead_age",
    "speed_to_first_contact",
    "attempts_to_connect",
    "time_to_qualify",
    "time_to_qualify_90",
)
OVER_TIME = ("new_leads", "leads_converted")


@require_safe
def analysis(request: Request) -> HttpResponse:
    """How leads do over a period: figures, by stage, by person, by source, over time."""
    asked = _asked(request)
    viewer, user = viewer_of(request), request.user
    answers = [answer_to(each, viewer) for each in asked_of(WHOLE, {**asked.given, "by": ""}, user)]
    wholes = {answer.question.metric.name: told_whole(answer) for answer in answers}
    context = {
        "asked": asked,
        "here": reverse("workspaces:analysis"),
        "file": asked.to(reverse("workspaces:analysis_file")),
        "cards": [(answer.question.metric, wholes[answer.question.metric.name]) for answer in answers],
        "tables": _tables(request, asked, wholes),
        "as_of": answers[0].as_of,
        "zone": answers[0].zone,
    }
    return render(request, "workspaces/analysis.html", context)


@require_safe
def analysis_file(request: Request) -> HttpResponse:
    """The same as CSV."""
    tables = _tables(request, _asked(request), {})
    return csv_of("leads-analysis", [matrix for _title, matrix, _chart in tables])


def _tables(request: Request, asked: Asked, wholes: dict[str, Told]) -> list[tuple[str, Matrix, str]]:
    """Title, figures, and the chart that draws them."""
    each = "day" if asked.period.days <= 62 else "month"
    wanted = (
        (_("Over time"), OVER_TIME, each, "line"),
        (_("By stage"), STAGES, "stage", "bar"),
        (_("By person"), COMPARED, "user", ""),
        (_("By source"), COMPARED, "source", ""),
    )
    viewer = viewer_of(request)
    return [
        (title, matrix_of(asked_of(names, {**asked.given, "by": by}, request.user), viewer, wholes), chart)
        for title, names, by, chart in wanted
        if asked.person is None or by != "user"
    ]


def _asked(request: Request) -> Asked:
    require(may_see_leads(request.user), _("Your role sees no leads."), who_can_help=ASK_AN_ADMINISTRATOR)
    return asked_by(request, period="last_30_days")
