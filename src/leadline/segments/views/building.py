"""Making and changing a segment: the builder of its rule, and what the rule finds meanwhile (CUS-16)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import require
from leadline.core.answers import go_to, refuse
from leadline.core.conditions import Context
from leadline.core.lists import doors
from leadline.core.lists.asking import asking_of
from leadline.core.lists.questions import Asker
from leadline.core.lists.selection import Selection
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.segments import actions, policies
from leadline.segments.building import GroupNode, after_step, finished, read_form, root_of, saves
from leadline.segments.forms import SegmentForm
from leadline.segments.kinds import Segmentable, segmentables
from leadline.segments.models import Segment
from leadline.segments.queries.counting import found_by
from leadline.segments.queries.naming import naming_for
from leadline.segments.rules import rule_of
from leadline.segments.views.fetching import kind_of, segment_of

PART = "segments/_rule.html"
SHOWN = "name,email"


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Make a segment; `where` starts its rule from a filtered list, `static=1` makes one to pick for."""
    require(policies.may_create_segments(request.user))
    kind = kind_of(request.POST.get("kind") or request.GET.get("kind") or segmentables()[0].kind)
    is_dynamic = (request.POST.get("static") or request.GET.get("static")) != "1"
    form = SegmentForm(_sent(request), initial={"visibility": Segment.Visibility.PRIVATE})
    form.limit_to(request.user)
    asker = _asker(kind, request)
    root = _root(request, asker, request.GET.get("where", ""))
    if saves(request):
        rule = finished(root, form) if is_dynamic else None
        given = {"kind": kind.kind, "is_dynamic": is_dynamic, "rule": rule}
        if not form.errors and form.run(actions.add_segment, **given, by=request.actor):
            return go_to(request, reverse("segments:page", args=[form.result.pk]))
    return _show(request, kind, form, root, {"is_dynamic": is_dynamic, "segment": None})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change name, audience and rule."""
    segment = segment_of(request, pk)
    require(policies.may_edit_segment(request.user, segment), who_can_help=str(segment.owner))
    kind = kind_of(segment.kind)
    start = {name: getattr(segment, name) for name in ("name", "description", "visibility")}
    form = SegmentForm(_sent(request), initial=start).limit_to(request.user, segment)
    root = _root(request, _asker(kind, request), segment.rule)
    if saves(request):
        rule = {"rule": finished(root, form)} if segment.is_dynamic else {}
        if not form.errors and form.run(actions.change_segment, segment, **rule, by=request.actor):
            return go_to(request, reverse("segments:page", args=[pk]))
    return _show(request, kind, form, root, {"is_dynamic": segment.is_dynamic, "segment": segment})


@require_POST
def build(request: Request) -> HttpResponse:
    """The builder after one step (`do`), or with another field or operator chosen; nothing is kept.

    It tells that it is drawn, so that what the rule finds is asked for once more: a count that waited for
    this answer was asked with the fields as they were before.
    """
    require(policies.may_create_segments(request.user))
    kind = kind_of(request.POST.get("kind", ""))
    root = after_step(request, _asker(kind, request))
    drawn = render(request, PART, {"kind": kind, "root": root, **_found(request, kind, root)})
    drawn["HX-Trigger"] = "rule-drawn"
    return drawn


@require_POST
def found(request: Request) -> HttpResponse:
    """The rule in words, how many it finds, and a few of them."""
    require(policies.may_create_segments(request.user))
    kind = kind_of(request.POST.get("kind", ""))
    root = read_form(request.POST, _asker(kind, request))
    return render(request, "segments/_found.html", {"kind": kind, **_found(request, kind, root)})


def _asker(kind: Segmentable, request: Request) -> Asker:
    return Asker(kind.about, request.user, naming_for(kind, request.user), kind.options, kind.sources)


def _root(request: Request, asker: Asker, rule: Any) -> GroupNode:
    kind, user = asker.about.kind, request.user
    return root_of(request, asker, lambda: rule_of(rule, kind, user=user).given if rule else None)


def _sent(request: Request) -> Any:
    """What was sent to be kept; a step of the builder only keeps what was typed."""
    return request.POST if request.method == "POST" else None


def _found(request: Request, kind: Segmentable, root: GroupNode) -> dict[str, Any]:
    """What the finished parts of the rule find now."""
    part = root.part()
    if part is None:
        return {"found": None, "sentence": "", "sample": [], "refusal": root.error}
    try:
        rule = rule_of(part, kind.kind, user=request.user)
    except RuleBroken as refusal:
        return {"found": None, "sentence": "", "sample": [], "refusal": refusal.message}
    exactly = request.POST.get("exactly") == "1"
    scope = kind.scope(request.user)
    context = Context.of_organisation(request.user.pk)
    result = found_by(rule, kind, scope=scope, context=context, exactly=exactly)
    words = rule.sentence(naming_for(kind, request.user))
    return {
        "found": result,
        "sentence": words[:1].upper() + words[1:],
        "sample": _sample(kind, result.sample, request),
        "refusal": "",
    }


def _sample(kind: Segmentable, ids: tuple[int, ...], request: Request) -> list[tuple[int, str, str]]:
    if not ids:
        return []
    asking = asking_of({"columns": SHOWN}, kind.about, user=request.user)
    context = Context.of_organisation(request.user.pk)
    selection = Selection.of_ids(kind.kind, list(ids))
    named = doors.named(selection, asking, scope=kind.scope(request.user), context=context)
    return sorted(((key, *values) for key, values in named.items()), key=lambda row: str(row[1]).lower())


def _show(
    request: Request, kind: Segmentable, form: SegmentForm, root: GroupNode, context: dict[str, Any]
) -> HttpResponse:
    """The whole page; what was refused is told with 422, a step of the builder is not a refusal."""
    if request.method == "POST" and not saves(request):
        form.errors.clear()
    is_saved = saves(request)
    context |= {"form": form, "kind": kind, "kinds": segmentables(), "root": root, "saves": is_saved}
    context |= _found(request, kind, root)
    return (refuse if is_saved else render)(request, "segments/edit.html", context)
