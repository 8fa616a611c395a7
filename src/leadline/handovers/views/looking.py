"""What is and was handed over."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from leadline.core.changesets import ChangeSet
from leadline.core.ids import numeric_id
from leadline.core.jobs import job_state
from leadline.core.requests import Request
from leadline.handovers import actions, policies
from leadline.handovers.models import Handover, Sheet
from leadline.handovers.queries import outcome_of, sheets_of, waiting_for

PAGE = 50
TONES = {"planned": "info", "begun": "good", "returned": "neutral", "called_off": "neutral"}
RELATED = ("from_user", "to", "team", "overflow", "started_by", "job", "change_set", "return_job")


@require_safe
def handovers(request: Request) -> HttpResponse:
    """The sheets that wait for this person, and the hand-overs that the person may see, newest first."""
    before = numeric_id(request.GET.get("before"))
    rows = Handover.objects.visible_to(request.user).select_related(*RELATED).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    context = {
        "waiting": waiting_for(request.user),
        "handovers": found[:PAGE],
        "older": f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "newer": reverse("handovers:list") if before else "",
        "may_start": policies.may_hand_over(request.user),
        "tones": TONES,
    }
    return render(request, "handovers/list.html", context)


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """One hand-over: how far it is, who got how much, who has accepted."""
    found = _handover(request, pk)
    own_job = found.job is not None and found.job.created_by_id == request.user.pk
    sheets = list(sheets_of(found))
    seen = set(Sheet.objects.visible_to(request.user).filter(handover=found).values_list("pk", flat=True))
    context = {
        "handover": found,
        "job": job_state(found.job) if found.job and own_job else None,
        "sheets": [(each, each.pk in seen) for each in sheets],
        "outcome": outcome_of(found),
        "may_see_changes": ChangeSet.objects.visible_to(request.user)
        .filter(pk=found.change_set_id or 0)
        .exists(),
        "tone": "neutral" if found.is_undone else TONES[found.state],
        "may_call_off": found.state == Handover.State.PLANNED and policies.may_call_off(request.user, found),
    }
    return render(request, "handovers/page.html", context)


@require_POST
def call_off(request: Request, pk: int) -> HttpResponse:
    """A planned one does not happen."""
    found = actions.call_off_handover(_handover(request, pk), by=request.actor)
    return redirect("handovers:page", found.pk)


def _handover(request: Request, pk: int) -> Handover:
    return get_object_or_404(Handover.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
