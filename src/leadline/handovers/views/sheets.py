"""The sheet of a new owner: read, printed, accepted (SIG-10)."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

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
        actions.accept_sheet(
            found,
            remarks=request.POST.get("remarks", ""),
            on_lines=_remarks_on_lines(request.POST),
            by=request.actor,
        )
    except RuleBroken as refusal:
        return _show(request, found, refusal.message)
    return redirect("handovers:sheet", pk)


def _show(request: Request, found: Sheet, refusal: str = "") -> HttpResponse:
    after = request.GET.get("after", "")
    whole = request.GET.get("print") == "1"
    context = {
        "sheet": found,
        "page": sheet_page(
            found,
            request.user,
            after=int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else 0,
            **({"limit": PRINTED} if whole else {}),
        ),
        "may_accept": found.accepted_at is None and policies.may_accept(request.user, found),
        "refusal": refusal,
        "typed": request.POST,
    }
    return render(request, "handovers/sheet.html", context, status=422 if refusal else 200)


def _remarks_on_lines(given: QueryDict) -> dict[int, str]:
    """What was remarked on single records, by the ids of their lines."""
    said = {}
    for name in given:
        words = given.get(name, "")
        key = name.removeprefix(REMARK)
        if name.startswith(REMARK) and words.strip():
            if not (key.isascii() and key.isdecimal() and len(key) < 19):
                raise RuleBroken(_("One of these records is not on this sheet."), field="on_lines")
            said[int(key)] = words
    return said


def _sheet(request: Request, pk: int) -> Sheet:
    rows = Sheet.objects.visible_to(request.user).select_related(
        "owner", "handover__from_user", "handover__started_by", "handover__change_set"
    )
    return get_object_or_404(rows, pk=pk)
