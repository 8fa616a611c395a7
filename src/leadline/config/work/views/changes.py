"""Change sets: what was changed together, and its undo (SIG-3)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from leadline.config.work.foreseeing import foresee, named
from leadline.config.work.paging import page_by_key
from leadline.config.work.wording import CHANGE_TONES, counts_in_words
from leadline.core.answers import go_to
from leadline.core.changesets import ChangeSet, change_set_state, undo_change_set
from leadline.core.requests import Request


@require_safe
def changes(request: Request) -> HttpResponse:
    """One's own mass changes, newest first; an administrator sees everybody's."""
    page = page_by_key(request, _visible(request))
    lines = [(change_set_state(found, request.user), found.created_by) for found in page.rows]
    return render(request, "config/changes.html", {"lines": lines, "tones": CHANGE_TONES, "page": page})


@require_safe
def change(request: Request, pk: int) -> HttpResponse:
    """One mass change: what it did, what undoing it would leave."""
    found = get_object_or_404(_visible(request), pk=pk)
    return render(request, "config/change.html", _about(request, found))


@require_safe
def foreseen(request: Request, pk: int) -> HttpResponse:
    """What undoing would do; fetched by the page when it is shown, because it may take a moment."""
    found = get_object_or_404(_visible(request), pk=pk)
    context = {"foreseen": foresee(found, request.user), "change": found}
    return render(request, "config/_foreseen.html", context)


@require_POST
def undo_change(request: Request, pk: int) -> HttpResponse:
    """Change everything back that nobody edited since; the progress is shown."""
    job = undo_change_set(get_object_or_404(_visible(request), pk=pk), by=request.actor)
    return go_to(request, reverse("work:job", args=[job.pk]))


def _visible(request: Request) -> Any:
    return ChangeSet.objects.visible_to(request.user).select_related("created_by", "undoing", "undoes")


def _about(request: Request, found: ChangeSet) -> dict[str, Any]:
    state = change_set_state(found, request.user)
    return {
        "change": state,
        "by": found.created_by,
        "tone": CHANGE_TONES[state.state],
        "kept": named(state.kept, request.user),
        "counts": counts_in_words(state.counts),
        "jobs": found.jobs.order_by("id"),
        "undoing": getattr(found, "undoing", None),
        "undoes": found.undoes,
    }
