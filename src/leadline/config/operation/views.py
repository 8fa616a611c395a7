"""The page of operation, and its one verb."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from leadline.config.operation.overview import overview
from leadline.core.actions import require
from leadline.core.answers import go_to
from leadline.core.jobs.backups import ask_for_backup
from leadline.core.requests import Request
from leadline.people import policies


@require_safe
@never_cache
def operation(request: Request) -> HttpResponse:
    """How the installation does, for who administers it."""
    require(policies.may_manage_settings(request.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    return render(request, "config/operation.html", {"now": overview()})


@require_POST
def back_up(request: Request) -> HttpResponse:
    """Make a backup as a job; while one is made, lead there."""
    job = ask_for_backup(by=request.actor)
    return go_to(request, reverse("work:job", args=[job.pk]))
