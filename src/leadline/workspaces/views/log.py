"""The log report: the day of each rep in figures, and hour by hour (LEA-13)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.core.actions import require
from leadline.core.lists.door import viewer_of
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.timeline.scope import may_see_timelines
from leadline.workspaces.asking import Asked, asked_by
from leadline.workspaces.files import csv_of
from leadline.workspaces.told import Matrix, Told, asked_of, matrix_of

LOGGED = (
    "calls",
    "connected_calls",
    "call_ratio",
    "emails",
    "notes",
    "leads_touched",
    "callbacks_set",
    "callbacks_due",
    "callbacks_kept",
    "deposits",
    "deposit_amount",
)


@require_safe
def log(request: Request) -> HttpResponse:
    """What each rep did on a day; every figure opens the communication that it counts."""
    asked = _asked(request)
    by_person, by_hour = _matrices(request, asked)
    here = reverse("workspaces:log")
    context = {
        "asked": asked,
        "here": here,
        "file": asked.to(reverse("workspaces:log_file")),
        "by_person": by_person,
        "by_hour": by_hour,
        "people": {line.key: asked.to(here, user=str(line.key)) for line in by_person.lines if line.key},
    }
    return render(request, "workspaces/log.html", context)


@require_safe
def log_file(request: Request) -> HttpResponse:
    """The same as CSV."""
    return csv_of("log", _matrices(request, _asked(request)))


def _matrices(request: Request, asked: Asked) -> list[Matrix]:
    viewer, wholes = viewer_of(request), dict[str, Told]()
    return [
        matrix_of(asked_of(LOGGED, {**asked.given, "by": by}, request.user), viewer, wholes)
        for by in ("user", "hour")
    ]


def _asked(request: Request) -> Asked:
    require(
        may_see_timelines(request.user),
        _("Your role sees no customers and no leads."),
        who_can_help=ASK_AN_ADMINISTRATOR,
    )
    return asked_by(request, period="today")
