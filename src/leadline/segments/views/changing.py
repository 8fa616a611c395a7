"""Refreshing, archiving and restoring segments."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from leadline.core.actions import require
from leadline.core.answers import asked_by_htmx, go_to, refuse
from leadline.core.requests import Request
from leadline.segments import actions, policies
from leadline.segments.forms import ArchiveForm
from leadline.segments.using import uses_of
from leadline.segments.views.fetching import segment_of


@require_POST
def refresh(request: Request, pk: int) -> HttpResponse:
    """Look at it as a whole."""
    actions.ask_for_refresh(segment_of(request, pk), by=request.actor)
    return go_to(request, reverse("segments:page", args=[pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: Request, pk: int) -> HttpResponse:
    """Take it out of use; first it is told what uses it."""
    segment = segment_of(request, pk)
    require(policies.may_archive_segment(request.user, segment), who_can_help=str(segment.owner))
    form = ArchiveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.run(actions.archive_segment, segment, by=request.actor):
        return go_to(request, reverse("segments:list"))
    part = "segments/_archive.html"
    context = {"form": form, "segment": segment, "uses": uses_of(segment, request.user), "part": part}
    context["back"] = reverse("segments:page", args=[pk])
    whole = part if asked_by_htmx(request) else "segments/dialog_page.html"
    return (refuse if request.method == "POST" else render)(request, whole, context)


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Into use again."""
    actions.restore_segment(segment_of(request, pk), by=request.actor)
    return go_to(request, reverse("segments:page", args=[pk]))
