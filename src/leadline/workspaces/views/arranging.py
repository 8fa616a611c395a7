"""Arranging a dashboard: for oneself, or as an administrator for a role; by drag and by keys (WSP-1)."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import require
from leadline.core.ids import numeric_id
from leadline.core.metrics import PERIODS, metrics_for
from leadline.core.metrics.metric import TIMES
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.core.requests import Request
from leadline.people.models import Role, User
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.workspaces import actions
from leadline.workspaces.boards import boards_for, views_of
from leadline.workspaces.policies import may_arrange_for_roles
from leadline.workspaces.provided import BY_KEY
from leadline.workspaces.queries import Dashboard, dashboard_of_role, dashboards_for
from leadline.workspaces.sources import sources_for
from leadline.workspaces.told import GROUPED_BY
from leadline.workspaces.widgets import KINDS, MOST_METRICS, SCOPES, SPANS, WIDTHS, Widget


@require_http_methods(["GET", "POST"])
def arrange(request: Request, key: str) -> HttpResponse:
    """The widgets as a list that is put in order, altered, added to; saved as one."""
    role = _role(request, key)
    found = _arranged(request, key, role)
    if found.is_made:
        require(found.is_own, _("Only who made this dashboard can change it."))
    if request.method != "POST":
        return render(request, "workspaces/arrange.html", _form(request, found, role, found.widgets))
    widgets = _given(request.POST)
    if "add" in request.POST:
        widgets.append(_added(request.POST))
        return render(request, "workspaces/arrange.html", _form(request, found, role, widgets))
    seen = numeric_id(request.POST.get("seen")) or None
    try:
        actions.arrange_dashboard(key, widgets=widgets, role=role, seen=seen, by=request.actor)
    except RuleBroken as refusal:
        context = _form(request, found, role, widgets, refusal.message)
        return render(request, "workspaces/arrange.html", context, status=422)
    except EditConflict:
        told = _("Somebody else arranged this dashboard meanwhile. Look again before you save.")
        context = _form(request, _arranged(request, key, role), role, widgets, told)
        return render(request, "workspaces/arrange.html", context, status=422)
    return redirect(_back(key, role))


@require_POST
def reset(request: Request, key: str) -> HttpResponse:
    """As it came, or as it is for the role."""
    role = _role(request, key)
    _arranged(request, key, role)
    actions.reset_dashboard(key, role=role, by=request.actor)
    return redirect(_back(key, role))


def _form(
    request: Request, found: Dashboard, role: Role | None, widgets: Any, refusal: str = ""
) -> dict[str, Any]:
    user = request.user
    metrics = metrics_for(user)
    fields = {name for metric in metrics for name in metric.groups}
    grouped = [(by, str(words())) for by, words in GROUPED_BY.items()]
    named = {name: str(metric.about.by_name[name].label) for metric in metrics for name in metric.groups}
    roles = Role.objects.in_use() if may_arrange_for_roles(user) else []
    return {
        "dashboard": found,
        "role": role,
        "roles": [each for each in roles if found.key in BY_KEY and each.key in BY_KEY[found.key].roles],
        "widgets": list(enumerate(widgets)),
        "refusal": refusal,
        "kinds": [(key, str(label)) for key, label in KINDS.items()],
        "metrics": [(metric.name, str(metric.label)) for metric in metrics],
        "sources": [(key, str(each.label)) for key, each in sources_for(user).items()],
        "groupings": [*grouped, *((name, named[name]) for name in sorted(fields))],
        "periods": [(word, str(label)) for word, label in PERIODS.items()],
        "scopes": [(word, str(label)) for word, label in SCOPES.items()],
        "spans": [(word, str(label)) for word, label in SPANS.items()],
        "boards": _boards(user),
        "widths": [(width, f"{width}/4") for width in WIDTHS],
        "people": {each.pk: each.name for each in User.objects.filter(pk__in=_people(widgets))},
    }


def _boards(user: User) -> list[tuple[str, str]]:
    """Boards and their views as one choice: `lead_board/` is all of it, `lead_board/mine` a view."""
    found = []
    for key, board in boards_for(user).items():
        found.append((f"{key}/", str(board.title)))
        found += [(f"{key}/{view}", f"{board.title}: {name}") for view, name in views_of(board, user).items()]
    return found


def _people(widgets: Any) -> list[int]:
    return [widget.person for widget in widgets if widget.person]


def _given(sent: QueryDict) -> list[Widget]:
    """The widgets as the form sends them, in the order of the page; those to be removed are left out."""
    places = [place for place in sent.getlist("place") if place.isdigit()]
    return [_widget(sent, place) for place in places if sent.get(f"remove-{place}") is None]


def _widget(sent: QueryDict, place: str) -> Widget:
    def word(name: str) -> str:
        return sent.get(f"{name}-{place}", "")

    width = numeric_id(word("width")) or 1
    board, _slash, view = word("board").partition("/")
    return Widget(
        kind=word("kind"),
        title=word("title")[:200],
        metrics=tuple(dict.fromkeys(sent.getlist(f"metrics-{place}")))[: MOST_METRICS + 1],
        by=word("by"),
        period=word("period") or "today",
        scope=word("scope") or "all",
        person=numeric_id(word("person")),
        source=word("source"),
        span=word("span") or "week",
        board=board,
        view=view[:60],
        text=word("text"),
        width=width,
    )


def _added(sent: QueryDict) -> Widget:
    """A new widget of the kind that was chosen, with something in it that can be altered."""
    kind = sent.get("add", "")
    kind = kind if kind in KINDS else "text"
    bare = {"figure": ("calls",), "chart": ("calls",), "table": ("calls", "connected_calls")}
    by = {"chart": "day", "table": "user"}.get(kind, "")
    source = "leads_new" if kind == "list" else ""
    width = {"figure": 1, "table": 4, "calendar": 4, "board": 4}.get(kind, 2)
    period = "this_month" if by in TIMES else "today"
    board = "lead_board" if kind == "board" else ""
    scope = "me" if kind == "calendar" else "all"
    return Widget(
        kind,
        metrics=bare.get(kind, ()),
        by=by,
        source=source,
        width=width,
        period=period,
        board=board,
        scope=scope,
    )


def _role(request: Request, key: str) -> Role | None:
    """The role whose dashboard is arranged; none for one's own."""
    pk = numeric_id(request.GET.get("role") or request.POST.get("role"))
    if pk is None:
        return None
    require(
        may_arrange_for_roles(request.user),
        _("You may arrange dashboards for yourself alone."),
        who_can_help=ASK_AN_ADMINISTRATOR,
    )
    role = Role.objects.in_use().filter(pk=pk).first()
    if role is None or key not in BY_KEY or role.key not in BY_KEY[key].roles:
        raise Http404
    return role


def _arranged(request: Request, key: str, role: Role | None) -> Dashboard:
    if role is not None:
        return dashboard_of_role(role, key)
    found = next((each for each in dashboards_for(request.user) if each.key == key), None)
    if found is None:
        raise Http404
    return found


def _back(key: str, role: Role | None) -> str:
    if role is None:
        return reverse("workspaces:dashboard", args=[key])
    return reverse("workspaces:arrange", args=[key], query={"role": role.pk})
