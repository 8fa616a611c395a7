"""How long events are kept: months here, months in files, bringing one back (PLT-2)."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import answer, asked_by_htmx, go_to, refuse
from leadline.core.formats import file_size, number
from leadline.core.jobs import Job
from leadline.core.requests import Request
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform import actions
from leadline.platform.actions.archiving import month_named
from leadline.platform.forms import KeepingForm
from leadline.platform.models import ArchivedMonth
from leadline.platform.policies import may_manage_platform, may_take_archives
from leadline.platform.queries.archives import keeping_for, may_be_archived


@require_safe
def kept(request: Request) -> HttpResponse:
    """Which months stand here and which in files, and how many are to stay."""
    _require(request)
    return render(request, "platform/archives.html", _kept(request, KeepingForm.of_now()))


@require_POST
def keep(request: Request) -> HttpResponse:
    """Change how many months stay."""
    _require(request)
    form = KeepingForm(request.POST)
    if form.run(actions.keep_events_for, by=request.actor):
        here = reverse("platform:archives")
        context = _kept(request, KeepingForm.of_now())
        return answer(request, "platform/_keeping.html", context, toast=_("Saved."), otherwise=here)
    template = "platform/_keeping.html" if asked_by_htmx(request) else "platform/archives.html"
    return refuse(request, template, _kept(request, form))


@require_POST
def archive(request: Request) -> HttpResponse:
    """Write a month to a file now."""
    _require(request)
    month = month_named(request.POST.get("month", ""))
    return _to_job(request, actions.archive_month(month, by=request.actor))


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Bring a month back."""
    return _to_job(request, actions.bring_month_back(_seen(request, pk), by=request.actor))


@require_POST
def download(request: Request, pk: int) -> FileResponse:
    """The file of a month; that it was taken stands in the audit."""
    found = _seen(request, pk)
    if not found.path.exists():
        raise Http404
    actions.note_archive_taken(found, by=request.actor)
    return FileResponse(
        found.path.open("rb"),
        as_attachment=True,
        filename=f"leadline-events-{found}.parquet",
        content_type="application/vnd.apache.parquet",
    )


def _require(request: Request) -> None:
    require(may_manage_platform(request.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _seen(request: Request, pk: int) -> ArchivedMonth:
    return get_object_or_404(ArchivedMonth.objects.visible_to(request.user), pk=pk)


def _to_job(request: Request, job: Job) -> HttpResponse:
    return go_to(request, reverse("work:job", args=[job.pk]))


def _kept(request: Request, form: KeepingForm) -> dict[str, Any]:
    keeping = keeping_for(request.user)
    here = [(one.month, number(one.rows), file_size(one.size)) for one in keeping.standing]
    here += [
        (one.month, f"{number(one.rows)}+" if one.has_more else number(one.rows), "")
        for one in keeping.rest.months
    ]
    return {
        "keeping_form": form,
        "keeping": keeping,
        "here": [(*one, may_be_archived(one[0])) for one in sorted(here, reverse=True)],
        "size_of_rest": file_size(keeping.rest.size),
        "size_here": file_size(keeping.size),
        "files": [(archive, file_size(archive.size)) for archive in keeping.archived],
        "size_of_files": file_size(keeping.archived_size),
        "may_take": may_take_archives(request.user),
    }
