"""What was sent, and what waits to be released or discarded."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.core.actions import require
from leadline.core.answers import answer, asked_by_htmx
from leadline.core.ids import numeric_id
from leadline.core.requests import Request
from leadline.leads.models import Lead
from leadline.webforms import actions, policies
from leadline.webforms.asking import askable
from leadline.webforms.models import Submission, WebForm
from leadline.webforms.queries import waiting_count
from leadline.webforms.spam import SIGNS
from leadline.webforms.views.making import form_of, tabs_of_list

PAGE = 50


@require_safe
def held(request: Request) -> HttpResponse:
    """What was held back, of all forms, the newest first."""
    require(policies.may_manage_forms(request.user), str(policies.NOT_YOURS))
    rows = Submission.objects.visible_to(request.user).held().select_related("form", "form__owner")
    context = {**_portion(request, rows), "tabs": tabs_of_list("held"), "waiting": waiting_count()}
    return render(request, "webforms/held.html", context)


@require_safe
def sent(request: Request, pk: int) -> HttpResponse:
    """What was sent through one form, the newest first."""
    found: WebForm = form_of(request, pk)
    require(policies.may_manage_forms(request.user), str(policies.NOT_YOURS))
    rows = Submission.objects.visible_to(request.user).filter(form=found).select_related("form", "decided_by")
    return render(request, "webforms/sent.html", {"found": found, **_portion(request, rows)})


@require_POST
def release(request: Request, pk: int) -> HttpResponse:
    """No spam: it becomes a lead."""
    submission = _submission(request, pk)
    actions.release_submission(submission, by=request.actor)
    return _decided(request, submission, _("Released: it is a lead now."))


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Spam."""
    submission = _submission(request, pk)
    actions.discard_submission(submission, by=request.actor)
    return _decided(request, submission, _("Discarded."))


def _decided(request: Request, submission: Submission, toast: str) -> HttpResponse:
    if not asked_by_htmx(request):
        return redirect("webforms:held")
    submission.refresh_from_db()
    rows = _told([submission], request)
    return answer(request, "webforms/_submission.html", {"row": rows[0], "just_decided": True}, toast=toast)


def _submission(request: Request, pk: int) -> Submission:
    require(policies.may_manage_forms(request.user), str(policies.NOT_YOURS))
    rows = Submission.objects.visible_to(request.user).select_related("form", "form__owner")
    found: Submission = get_object_or_404(rows, pk=pk)
    return found


def _portion(request: Request, rows: Any) -> dict[str, Any]:
    before = numeric_id(request.GET.get("before", ""))
    page = list((rows.filter(pk__lt=before) if before else rows).order_by("-pk")[: PAGE + 1])
    following = page[PAGE - 1].pk if len(page) > PAGE else None
    return {"rows": _told(page[:PAGE], request), "following": following}


def _told(rows: list[Submission], request: Request) -> list[dict[str, Any]]:
    """Each with its answers in words, why it was held, and its lead where the person sees that one."""
    labels = {each.name: str(each.label) for each in askable()}
    leads = Lead.objects.visible_to(request.user).in_bulk([row.lead_id for row in rows if row.lead_id])
    return [
        {
            "submission": row,
            "answers": [(labels.get(name, name), value) for name, value in row.answers.items()],
            "signs": [SIGNS[sign] for sign in row.signs if sign in SIGNS],
            "lead": leads.get(row.lead_id or 0),
        }
        for row in rows
    ]
