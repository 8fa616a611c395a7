"""Jobs: the list, one with its live progress, its file."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from leadline.config.work.paging import page_by_key
from leadline.config.work.wording import TONES, counts_in_words
from leadline.core import jobs as core
from leadline.core.answers import answer
from leadline.core.jobs import Job
from leadline.core.jobs.policies import may_cancel_job
from leadline.core.requests import Request
from leadline.governance.actions import tell_file_taken


@require_safe
def jobs(request: Request) -> HttpResponse:
    """One's own jobs, newest first; an administrator sees everybody's."""
    page = page_by_key(request, Job.objects.visible_to(request.user).select_related("created_by"))
    lines = [(core.job_state(found), found.created_by) for found in page.rows]
    return render(request, "config/jobs.html", {"lines": lines, "tones": TONES, "page": page})


@require_safe
def job(request: Request, pk: int) -> HttpResponse:
    """One job: how far it is, what came of it."""
    return render(request, "config/job.html", _about(request, pk))


@require_safe
@never_cache
def job_progress(request: Request, pk: int) -> HttpResponse:
    """The live part of a job's page; 204 while it is what the page shows already."""
    context = _about(request, pk)
    if request.GET.get("seen") == context["job"].fingerprint:
        return HttpResponse(status=204)
    return render(request, "config/_job.html", context)


@require_POST
def cancel_job(request: Request, pk: int) -> HttpResponse:
    """Stop a job after its current portion."""
    core.cancel_job(_visible(request, pk), by=request.actor)
    return _answer(request, pk, _("It stops after the portion it is at."))


@require_POST
def resume_job(request: Request, pk: int) -> HttpResponse:
    """Let a failed or cancelled job go on."""
    core.resume_job(_visible(request, pk), by=request.actor)
    return _answer(request, pk, _("It goes on where it stopped."))


@require_safe
def job_result(request: Request, pk: int) -> FileResponse:
    """The file that a job made, as a download and never to be shown."""
    found = _visible(request, pk)
    path = core.result_path(found)
    if path is None:
        raise Http404
    tell_file_taken(found.pk, kind=found.kind, by=request.actor)
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=path.name, content_type="application/octet-stream"
    )


def _visible(request: Request, pk: int) -> Job:
    return get_object_or_404(
        Job.objects.visible_to(request.user).select_related("created_by", "change_set"), pk=pk
    )


def _about(request: Request, pk: int) -> dict[str, Any]:
    found = _visible(request, pk)
    state = core.job_state(found)
    mine = may_cancel_job(request.user, found)
    return {
        "job": state,
        "by": found.created_by,
        "tone": TONES[state.state],
        "counts": counts_in_words(state.counts),
        "file": core.result_path(found),
        "may_cancel": mine and state.may_be_cancelled,
        "may_resume": mine and state.state in (Job.State.FAILED, Job.State.CANCELLED),
    }


def _answer(request: Request, pk: int, toast: str) -> HttpResponse:
    otherwise = reverse("work:job", args=[pk])
    return answer(
        request, "config/_job.html", _about(request, pk), changed="job", toast=toast, otherwise=otherwise
    )
