"""The list of tasks: its page, and the parts of it that come by themselves (TIM-7)."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from leadline.core.answers import trigger
from leadline.core.clock import now
from leadline.core.lists import bulk_doors, doors, view_doors
from leadline.core.lists.addresses import where_word
from leadline.core.lists.showing import Shown, shown_list
from leadline.core.requests import Request
from leadline.tasks import bulk as verbs
from leadline.tasks import policies
from leadline.tasks.forms import QuickForm
from leadline.tasks.listing import MINE, OPEN, TASKS
from leadline.tasks.queries import given_since
from leadline.tasks.rows import task_rows
from leadline.tasks.scope import narrowest
from leadline.tasks.views.fetching import require_seeing

__all__ = ["verbs"]  # a list has its verbs by reading them

DONE = {"field": "done_at", "op": "is_not_empty"}
GIVEN = {"and": [{"field": "made_by", "op": "is_me"}, {"not": MINE}, OPEN]}
DONE_COLUMNS = "title,done_at,about,outcome,kind"
EVERYBODYS_COLUMNS = "title,due_at,about,owner,kind,priority"


@require_safe
def todo(request: Request) -> HttpResponse:
    """One's own open tasks by due time, or whatever else the address says."""
    require_seeing(request)
    shown = shown_list(request, TASKS)
    shown.door = replace(TASKS, reach=narrowest(shown.asking.where.given))
    user = request.user
    kinds = _kinds(shown)
    context = {
        **doors.around(shown),
        "rows": task_rows(shown, user.may("task", "edit")),
        "may_add": policies.may_add_tasks(user),
        "quick_form": QuickForm(),
        "moment": now().isoformat(),
        "kinds": kinds,
    }
    if any(kind["active"] for kind in kinds):
        context |= {"quick": [each for each in context["quick"] if each.chip is None], "chips": []}
    return render(request, "tasks/list.html", context)


@require_GET
def news(request: Request) -> HttpResponse:
    """Nothing (204) as long as nobody gave one another task; else the open list is told to renew itself."""
    require_seeing(request)
    seen = _moment(request.GET.get("seen", ""))
    if seen is None or not given_since(request.user, seen):
        return HttpResponse(status=204)
    return trigger(render(request, "tasks/_news.html", {"moment": now().isoformat()}), changed="task")


def _moment(text: str) -> datetime | None:
    """The moment that an address names; none for what is no moment."""
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    return found if found.tzinfo else None


@require_safe
def count_all(request: Request) -> HttpResponse:
    """The exact count, when somebody asks for it."""
    require_seeing(request)
    return doors.count_all(request, TASKS)


@require_safe
def choose_filter(request: Request) -> HttpResponse:
    """Choose a field, then a question about it."""
    require_seeing(request)
    return doors.choose_filter(request, TASKS)


@require_safe
def choose_columns(request: Request) -> HttpResponse:
    """Choose and order the columns."""
    require_seeing(request)
    return doors.choose_columns(request, TASKS)


@require_http_methods(["GET", "POST"])
def save_view(request: Request) -> HttpResponse:
    """Keep the list as it stands under a name."""
    require_seeing(request)
    return view_doors.save_view(request, TASKS)


@require_http_methods(["GET", "POST"])
def change_view(request: Request, pk: int) -> HttpResponse:
    """Rename, share or renew a view, or open the list with it."""
    return view_doors.change_view(request, TASKS, pk)


@require_POST
def remove_view(request: Request, pk: int) -> HttpResponse:
    """Remove a view."""
    return view_doors.remove_view(request, TASKS, pk)


@require_safe
def view_counts(request: Request) -> HttpResponse:
    """How many each view shows."""
    require_seeing(request)
    return view_doors.view_counts(request, TASKS)


@require_http_methods(["GET", "POST"])
def bulk(request: Request, verb: str) -> HttpResponse:
    """One verb on a selection: asked, previewed, started as a job."""
    return bulk_doors.bulk(request, TASKS, verb)


@require_http_methods(["GET", "POST"])
def export(request: Request) -> HttpResponse:
    """A selection, or all that the address shows, as a file."""
    return bulk_doors.export(request, TASKS)


def _kinds(shown: Shown) -> list[dict[str, Any]]:
    """The ways to look at tasks that nobody has to put together."""
    mine_done = {"where": {"and": [MINE, DONE]}, "sort": "-done_at", "columns": DONE_COLUMNS}
    ways: list[tuple[str, dict[str, Any]]] = [
        (_("To do"), {"where": {"and": [MINE, OPEN]}}),
        (_("Given to others"), {"where": GIVEN, "columns": EVERYBODYS_COLUMNS}),
        (_("Everybody’s"), {"where": OPEN, "columns": EVERYBODYS_COLUMNS}),
        (_("Done"), mine_done),
    ]
    state, usual = shown.address.state, shown.address.usual
    found = []
    for label, words in ways:
        told = {**words, "where": where_word(words["where"])}
        active = shown.address.view is None and all(
            state[name] == told.get(name, usual.get(name, "")) for name in ("where", "sort")
        )
        address = f"{reverse('tasks:list')}?{urlencode({'view': 'all', **told})}"
        found.append({"label": label, "url": address, "active": active})
    found[0]["url"] = (
        reverse("tasks:list") if not any(view.opens for view in shown.views) else found[0]["url"]
    )
    return found
