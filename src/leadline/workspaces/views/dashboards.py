"""Dashboards: widgets that follow what happens; one of them on a wall (WSP-1, WSP-7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from leadline.core.boards.cards import cards_html
from leadline.core.lists.door import viewer_of
from leadline.core.metrics import PERIODS
from leadline.core.metrics.asking import address_with
from leadline.core.requests import Request
from leadline.tasks.policies import may_add_tasks
from leadline.workspaces.calendars import day_named
from leadline.workspaces.files import sheets_as_csv
from leadline.workspaces.queries import Dashboard, dashboard_for, dashboards_for
from leadline.workspaces.showing import Content, content_of, digest, follows
from leadline.workspaces.state import changed_since, stamps_now, told
from leadline.workspaces.widgets import SCOPES, SPANS, Widget

LONGEST_SEEN = 600
MOST_IN_FILE = 100_000  # people of a table


@dataclass(frozen=True)
class Drawn:
    """A widget as HTML, and a mark of what it shows."""

    place: int
    drawn: str
    mark: str

    @property
    def html(self) -> Markup:
        """With its mark in it, which the page tells when it asks again."""
        kept = f'<input type="hidden" class="widget-mark" name="{mark_name(self.place)}" value="{self.mark}">'
        return Markup(self.drawn.replace(">", f">{kept}", 1))  # noqa: S704

    @property
    def renewing(self) -> Markup:
        """The same, told to take the place of what stands there."""
        return Markup(str(self.html).replace("<section ", '<section hx-swap-oob="true" ', 1))  # noqa: S704

    def is_news(self, request: Request) -> bool:
        """Whether the page that asks shows something else."""
        return request.GET.get(mark_name(self.place)) != self.mark


@require_safe
def home(request: Request) -> HttpResponse:
    """The first of one's dashboards; the figures where there is none."""
    found = dashboards_for(request.user)
    if not found:
        return redirect("workspaces:metrics")
    return redirect("workspaces:dashboard", found[0].key)


@require_safe
def dashboard(request: Request, key: str) -> HttpResponse:
    """All widgets of a dashboard; they follow by themselves what changes."""
    found, others = _dashboard(request, key)
    return render(request, "workspaces/dashboard.html", _shown(request, found, others))


@require_safe
def wall(request: Request, key: str) -> HttpResponse:
    """The same on a whole screen, to be read from afar."""
    found, others = _dashboard(request, key)
    if not found.wall:
        raise Http404
    return render(request, "workspaces/wall.html", _shown(request, found, others))


@require_safe
def state(request: Request, key: str) -> HttpResponse:
    """What may show something else than was `seen`; 204 while nothing changed.

    Figures are in the answer. Each of the others is to be asked for by itself (`tile`), so that none waits
    for a slower one.
    """
    found = _one(request, key)
    stamps = stamps_now()
    anew, other = changed_since(request.GET.get("seen", "")[:LONGEST_SEEN], stamps)
    if not anew:
        return HttpResponse(status=204)
    places = [
        place for place, widget in enumerate(found.widgets) if set(follows(widget, request.user)) & set(anew)
    ]
    at_once = [place for place in places if found.widgets[place].kind == "figure"]
    context = {
        "dashboard": found,
        "changed": [each for each in draw(request, found, at_once) if each.is_news(request)],
        "tiles": [(place, tile_address(request, key, place)) for place in places if place not in at_once],
        "follow": _follow(request, found, told(stamps, other)),
    }
    return render(request, "workspaces/_state.html", context)


@require_safe
def tile(request: Request, key: str, place: int) -> HttpResponse:
    """One widget as it is now; 204 where the page shows just that, or has been arranged otherwise."""
    found = _one(request, key)
    drawn = draw(request, found, [place]) if place < len(found.widgets) else []
    if not drawn or not drawn[0].is_news(request):
        return HttpResponse(status=204)
    return HttpResponse(drawn[0].html)


@require_safe
def dashboard_file(request: Request, key: str) -> HttpResponse:
    """What stands on its widgets as CSV; on one of them where the address names its `widget`."""
    found = _one(request, key)
    viewer, widgets = viewer_of(request), list(enumerate(_asked(request, found)))
    wanted = request.GET.get("widget", "")
    if wanted:
        widgets = [(place, widget) for place, widget in widgets if str(place) == wanted]
        if not widgets:
            raise Http404
    at = day_named(request.GET.get("at", ""))
    contents = [content_of(place, widget, viewer, at, lines=MOST_IN_FILE) for place, widget in widgets]
    sheets = [sheet for each in contents if each and (sheet := each.sheet)]
    return sheets_as_csv(f"{key}-{wanted}" if wanted else key, sheets)


def _shown(request: Request, found: Dashboard, others: Sequence[Dashboard]) -> dict[str, Any]:
    stamps = stamps_now()  # looked at first: what comes meanwhile is shown at the next look
    drawn = draw(request, found, range(len(found.widgets)))
    here = reverse("workspaces:dashboard", args=[found.key])
    words = {"period": request.GET.get("period", ""), "scope": request.GET.get("scope", "")}
    return {
        "dashboard": found,
        "tabs": [_tab(each, found) for each in others],
        "drawn": drawn,
        "has_board": any(widget.kind == "board" for widget in found.widgets),
        "follow": _follow(request, found, told(stamps, "".join(stamps))),
        "periods": [(word, str(label)) for word, label in PERIODS.items()],
        "scopes": [(word, str(label)) for word, label in SCOPES.items() if word != "person"],
        "chosen": words,
        "here": here,
        "file": _with_choice(request, reverse("workspaces:dashboard_file", args=[found.key])),
    }


def draw(request: Request, found: Dashboard, places: Sequence[int]) -> list[Drawn]:
    """Some widgets of a dashboard as they are now; those that say nothing to this person are left out."""
    viewer, widgets, at = viewer_of(request), _asked(request, found), day_named(request.GET.get("at", ""))
    contents = [content_of(place, widgets[place], viewer, at) for place in places]
    return [_draw(request, found.key, each) for each in contents if each is not None]


def _draw(request: Request, key: str, content: Content) -> Drawn:
    here = reverse("workspaces:dashboard", args=[key])
    context = {
        "content": content,
        "around": lambda **words: _with_choice(request, here, **words),
        "spans": [(word, str(label)) for word, label in SPANS.items()],
        "may_add": may_add_tasks(request.user),
        "cards": cards_html(content.board.laid, within=f"in-{content.place}-") if content.board else None,
        "file": _with_choice(request, reverse("workspaces:dashboard_file", args=[key])),
    }
    html = render_to_string("workspaces/_widget.html", context, request)
    return Drawn(content.place, html, digest(html))


def _asked(request: Request, found: Dashboard) -> list[Widget]:
    """The widgets over the period and for those that the page asks for, where it asks at all."""
    period, scope = request.GET.get("period", ""), request.GET.get("scope", "")
    period = period if period in PERIODS else ""
    scope = scope if scope in SCOPES and scope != "person" else ""
    span = request.GET.get("span", "")
    return [widget.asked(period, scope, span if span in SPANS else "") for widget in found.widgets]


def mark_name(place: int) -> str:
    """Under which name a page tells the mark of what it shows at a place."""
    return f"mark-{place}"


def tile_address(request: Request, key: str, place: int) -> str:
    """Where one widget is asked for, as the page chose."""
    return _with_choice(request, reverse("workspaces:tile", args=[key, place]))


def _follow(request: Request, found: Dashboard, stamps: str) -> str:
    """Where the page asks next."""
    address = _with_choice(request, reverse("workspaces:state", args=[found.key]))
    return f"{address}{'&' if '?' in address else '?'}seen={stamps}"


def _with_choice(request: Request, path: str, **changes: str) -> str:
    """An address with what the page chose for all of its widgets, something changed."""
    words = {name: request.GET.get(name, "") for name in ("period", "scope", "span", "at")} | changes
    known = {"period": PERIODS, "scope": SCOPES, "span": SPANS}
    kept = {name: word for name, word in words.items() if word in known.get(name, ())}
    if day_named(words["at"]):
        kept["at"] = words["at"]
    return address_with(path, kept) if kept else path


def _tab(each: Dashboard, found: Dashboard) -> dict[str, Any]:
    address = reverse("workspaces:dashboard", args=[each.key])
    return {"label": str(each.label), "url": address, "active": each.key == found.key, "key": each.key}


def _dashboard(request: Request, key: str) -> tuple[Dashboard, list[Dashboard]]:
    """One of this person's dashboards, and all of them; others are not there."""
    others = dashboards_for(request.user)
    found = next((each for each in others if each.key == key), None)
    if found is None:
        raise Http404
    return found, others


def _one(request: Request, key: str) -> Dashboard:
    """One of this person's dashboards; others are not there."""
    found = dashboard_for(request.user, key)
    if found is None:
        raise Http404
    return found
