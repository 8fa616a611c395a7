"""The list of segments, the page of one, its members and its history (CUS-18)."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from leadline.core import clock
from leadline.core.conditions import Context
from leadline.core.conditions.spans import start_of
from leadline.core.drawing import chart_of
from leadline.core.history import history_of
from leadline.core.history.queries import Entry
from leadline.core.lists.addresses import where_word
from leadline.core.organisation import organisation
from leadline.core.requests import Request
from leadline.segments import policies
from leadline.segments.kinds import segmentable, segmentables
from leadline.segments.models import Segment
from leadline.segments.queries.lines import lines_for
from leadline.segments.queries.members import WAYS, Asked, count_of, day_of, memberships, place_of
from leadline.segments.queries.naming import readable_rule, rule_in_words
from leadline.segments.queries.trend import since_made, trends
from leadline.segments.using import uses_of
from leadline.segments.views.fetching import require_seeing, segment_of

NEWEST = 8
DAYS = 90
ENTRIES = 50


@require_safe
def segments(request: Request) -> HttpResponse:
    """All segments that the person sees, with sizes and trend."""
    require_seeing(request)
    kinds = [kind.kind for kind in segmentables()]
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    archived = request.GET.get("archived") == "only"
    search = request.GET.get("q", "").replace("\0", "").strip()[:80]
    context = {
        "lines": lines_for(request.user, kind=kind, archived=archived, search=search),
        "tabs": _kind_tabs(kind, archived),
        "kind": kind,
        "archived": archived,
        "search": search,
        "may_add": policies.may_create_segments(request.user),
        "kinds": {each.kind: each.about.plural for each in segmentables()},
    }
    return render(request, "segments/list.html", context)


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """What it holds in words, how large it is and was, who came last, by whom it is used."""
    segment = segment_of(request, pk)
    user, kind = request.user, segmentable(segment.kind)
    zone = clock.zone_of(organisation().time_zone)
    points = since_made(trends(kind, [segment], user, days=DAYS)[pk], segment, zone)
    week = start_of("week", Context.of_organisation())
    size = points[-1].size
    context = {
        "points": points,
        "chart": chart_of([point.size for point in points], width=720, height=120),
        "joined": sum(point.joined for point in points if point.day >= week),
        "left": sum(point.left for point in points if point.day >= week),
        # Among many members none of which one sees, looking for the newest would take longest.
        "newest": memberships(segment, user, Asked(), limit=NEWEST).rows if size else [],
        "uses": uses_of(segment, user),
        "week": week,
        "is_own": not kind.scope(user).everything,
    }
    return _render(request, segment, "page", size, True, context)


@require_GET
def standing(request: Request, pk: int) -> HttpResponse:
    """Whether its members are being found; nothing (204) as long as what was seen still holds."""
    segment = segment_of(request, pk)
    if request.GET.get("seen") == _seen(segment):
        return HttpResponse(status=204)
    response = HttpResponse(status=200)
    response["HX-Refresh"] = "true"
    return response


@require_safe
def members(request: Request, pk: int) -> HttpResponse:
    """Who is in it, was in it on a day, came or went since a day: dated, newest first."""
    segment = segment_of(request, pk)
    asked = _asked(request)
    after = place_of(request.GET.get("after", ""))
    portion = memberships(segment, request.user, asked, after=after)
    count, exact = count_of(segment, request.user, asked, portion=None if after else portion)
    context = {"asked": asked, "portion": portion, "ways": _ways(request, segment, asked)}
    return _render(request, segment, "members", count, exact, context)


@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """Every change of the segment itself, in plain words; what rules said to whoever may read them."""
    segment = segment_of(request, pk)
    portion = history_of("segment", pk, limit=ENTRIES, viewer=request.user)
    if not _may_read_rules(segment, request):
        portion = replace(portion, entries=[_without_rule(entry) for entry in portion.entries])
    return _render(request, segment, "history", None, True, {"portion": portion})


def _may_read_rules(segment: Segment, request: Request) -> bool:
    """Who changes it and sees all that it asks about now."""
    return (
        policies.may_edit_segment(request.user, segment) and readable_rule(segment, request.user) is not None
    )


def _without_rule(entry: Entry) -> Entry:
    hidden = _("not shown")
    changes = (
        replace(each, old=hidden, new=hidden) if each.column == "rule" else each for each in entry.changes
    )
    return replace(entry, changes=tuple(changes))


def _render(
    request: Request, segment: Segment, tab: str, count: int | None, exact: bool, context: dict[str, Any]
) -> HttpResponse:
    user, kind = request.user, segmentable(segment.kind)
    where = where_word({"field": "segments", "op": "has_any", "value": [segment.pk]})
    context |= {
        "segment": segment,
        "kind": kind,
        "tab": tab,
        "tabs": _tabs(segment, tab),
        "sentence": rule_in_words(segment, user),
        "count": count,
        "exact": exact,
        "listed": f"{reverse(kind.listed)}?where={where}" if kind.listed else "",
        "seen": _seen(segment),
        "may": {
            "edit": policies.may_edit_segment(user, segment),
            "archive": policies.may_archive_segment(user, segment),
        },
    }
    return render(request, f"segments/{tab}.html", context)


def _seen(segment: Segment) -> str:
    standing = segment.standing
    return f"{segment.version}-{int(standing.is_due)}-{standing.evaluated_at or ''}"


def _tabs(segment: Segment, now: str) -> list[dict[str, Any]]:
    names = (("page", _("Overview")), ("members", _("Members")), ("history", _("History")))
    return [
        {"label": label, "url": reverse(f"segments:{name}", args=[segment.pk]), "active": name == now}
        for name, label in names
    ]


def _kind_tabs(kind: str, archived: bool) -> list[dict[str, Any]]:
    here = reverse("segments:list")
    tabs = [{"label": _("All"), "url": here, "active": not kind and not archived}]
    for each in segmentables():
        active = kind == each.kind and not archived
        tabs.append({"label": each.about.plural, "url": f"{here}?kind={each.kind}", "active": active})
    return [*tabs, {"label": _("Archived"), "url": f"{here}?archived=only", "active": archived}]


def _asked(request: Request) -> Asked:
    """What the address asks; a day that is none is today."""
    way = request.GET.get("way", "now")
    way = way if way in WAYS else "now"
    day = day_of(request.GET.get("day", ""))
    today = clock.today(organisation().time_zone)
    usual = today if way == "on" else start_of("week", Context.of_organisation())
    return Asked(way, None if way == "now" else day or usual)


def _ways(request: Request, segment: Segment, asked: Asked) -> list[dict[str, Any]]:
    words = {
        "now": _("In it now"),
        "on": _("In it on a day"),
        "joined": _("Came since"),
        "left": _("Went since"),
    }
    here = reverse("segments:members", args=[segment.pk])
    return [
        {"label": label, "url": f"{here}?way={way}", "active": way == asked.way}
        for way, label in words.items()
    ]
