"""The sheet of a new owner: read, printed, accepted (SIG-10)."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.core.ids import numeric_id
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request
from leadline.handovers import actions, policies
from leadline.handovers.models import Sheet
from leadline.handovers.queries import sheet_page

PRINTED = 500
REMARK = "remark-"


@require_safe
def sheet(request: Request, pk: int) -> HttpResponse:
    """A page of the sheet; `?print=1` has it whole."""
    return _show(request, _sheet(request, pk))


@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    """The new owner takes over."""
    found = _sheet(request, pk)
    try:
        actions.accept_sheet(found, **_remarked(request.POST), by=request.actor)
    except RuleBroken as refusal:
        return _show(request, found, refusal.message)
    return redirect("handovers:sheet", pk)


@require_POST
def note_remarks(request: Request, pk: int) -> HttpResponse:
    """Keep what was remarked on this page, and go on to another (`to`: the line after which it begins)."""
    found, to = _sheet(request, pk), numeric_id(request.POST.get("to"))
    try:
        actions.note_remarks(found, **_remarked(request.POST), by=request.actor)
    except RuleBroken as refusal:
        return _show(request, found, refusal.message)
    return redirect(reverse("handovers:sheet", args=[pk]) + (f"?after={to}" if to else ""))


def _show(request: Request, found: Sheet, refusal: str = "") -> HttpResponse:
    after = numeric_id(request.GET.get("after") or request.POST.get("from"))
    whole = request.GET.get("print") == "1"
    context = {
        "sheet": found,
        "page": sheet_page(
            found,
            request.user,
            after=after or 0,
            **({"limit": PRINTED} if whole else {}),
        ),
        "after": after or "",
        "may_accept": found.accepted_at is None and policies.may_accept(request.user, found),
        "refusal": refusal,
        "typed": request.POST,
    }
    return render(request, "handovers/sheet.html", context, status=422 if refusal else 200)


def _remarked(given: QueryDict) -> dict[str, Any]:
    """What was remarked on the whole, and on the single records of this page, by the ids of their lines."""
    said = {}
    for name in given:
        if name.startswith(REMARK):
            key = numeric_id(name.removeprefix(REMARK))
            if key is None:
                raise RuleBroken(_("One of these records is not on this sheet."), field="on_lines")
            said[key] = given.get(name, "")
    return {"remarks": given.get("remarks"), "on_lines": said}


def _sheet(request: Request, pk: int) -> Sheet:
    rows = Sheet.objects.visible_to(request.user).select_related(
        "owner", "handover__from_user", "handover__started_by", "handover__change_set"
    )
    return get_object_or_404(rows, pk=pk)
