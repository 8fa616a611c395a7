"""The segments of one record, and putting it into static ones by hand."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from leadline.core.answers import answer, refuse
from leadline.core.requests import Request
from leadline.segments import actions
from leadline.segments.forms import PickForm, pickable
from leadline.segments.models import Segment
from leadline.segments.queries.members import seen_record
from leadline.segments.queries.record import segments_with
from leadline.segments.views.fetching import kind_of, require_seeing

VERBS = {"add": actions.add_members, "remove": actions.remove_members}
OPTIONS_SHOWN = 20


@require_GET
def segments_of(request: Request, kind: str, record: int) -> HttpResponse:
    """The segments that a record is in, as far as the person sees them, with since when."""
    return render(request, "segments/_of.html", _context(request, kind, record, PickForm()))


@require_POST
def pick(request: Request, kind: str, record: int, verb: str) -> HttpResponse:
    """Put one record into a static segment, or take it out."""
    if verb not in VERBS:
        raise Http404
    context = _context(request, kind, record, PickForm(request.POST))
    form = context["form"]
    if form.run(_picked, request, kind, record, verb):
        context = _context(request, kind, record, PickForm())
        back = kind_of(kind).page
        return answer(
            request,
            "segments/_of.html",
            context,
            changed="segment",
            otherwise=reverse(back, args=[record]) if back else reverse("segments:list"),
        )
    return refuse(request, "segments/_of.html", context)


@require_GET
def options(request: Request) -> HttpResponse:
    """Static segments to choose from while typing, for whoever may change them."""
    require_seeing(request)
    typed = request.GET.get("q", "")[:80].lower()
    kind = kind_of(request.GET.get("kind", "customer"))
    found = [(key, name) for key, name in pickable(request.user, kind.kind) if typed in name.lower()]
    choices = [{"value": key, "label": name, "subtitle": ""} for key, name in found[:OPTIONS_SHOWN]]
    return render(request, "ui/_options.html", {"options": choices})


def _picked(request: Request, kind: str, record: int, verb: str, segment: int) -> None:
    rows = Segment.objects.visible_to(request.user).filter(kind=kind)
    found = rows.filter(pk=segment).first()
    if found is None:
        raise Http404
    done = VERBS[verb](found, [record], by=request.actor)
    if done.refused:
        raise Http404


def _context(request: Request, kind: str, record: int, form: PickForm) -> dict[str, Any]:
    known = kind_of(kind)
    name = seen_record(known, record, request.user)
    if name is None:
        raise Http404
    require_seeing(request)
    there = segments_with(known, record, request.user)
    inside = {each.segment.pk for each in there}
    offered = [pair for pair in pickable(request.user, kind) if pair[0] not in inside]
    return {"kind": known, "record": record, "name": name, "there": there, "offered": offered, "form": form}
