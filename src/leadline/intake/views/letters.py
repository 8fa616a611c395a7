"""The log of what came in, and one letter with its files."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from leadline.core.actions import require
from leadline.core.ids import numeric_id
from leadline.core.requests import Request
from leadline.core.subjects import seen_subjects
from leadline.intake import actions, policies
from leadline.intake.files import place_of
from leadline.intake.models import IntakeAddress, Letter, LetterFile
from leadline.intake.reading import SIGNS
from leadline.intake.views.keeping import tabs_of

PAGE = 50
TONES = {"lead": "good", "known": "info", "left": "neutral", "failed": "bad"}


@require_safe
def log(request: Request) -> HttpResponse:
    """What came in, the newest first, of all addresses or one, with one outcome or all."""
    require(policies.may_see_mail(request.user))
    state, address = request.GET.get("state", ""), numeric_id(request.GET.get("address", ""))
    rows = Letter.objects.visible_to(request.user).select_related("address").order_by("-pk")
    rows = rows.filter(state=state) if state in Letter.State.values else rows
    rows = rows.filter(address=address) if address else rows
    before = numeric_id(request.GET.get("before", ""))
    page = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    context = {
        "rows": told(request, page[:PAGE]),
        "following": page[PAGE - 1].pk if len(page) > PAGE else None,
        "states": Letter.State.choices,
        "state": state if state in Letter.State.values else "",
        "address": IntakeAddress.objects.visible_to(request.user).filter(pk=address or 0).first(),
        "tabs": tabs_of(request, "log"),
        "tones": TONES,
    }
    return render(request, "intake/log.html", context)


@require_safe
def letter(request: Request, pk: int) -> HttpResponse:
    """One letter: who wrote, what became of it, its files."""
    found = letter_of(request, pk)
    context = {
        "row": told(request, [found])[0],
        "files": found.files.order_by("pk"),
        "tones": TONES,
        "may_see_mail": policies.may_see_mail(request.user),
        "may_take": policies.may_deliver_mail(request.user) and found.can_be_taken,
    }
    return render(request, "intake/letter.html", context)


@require_POST
def take(request: Request, pk: int) -> HttpResponse:
    """Take in what was left aside."""
    actions.take_after_all(letter_of(request, pk), by=request.actor)
    return redirect("intake:letter", pk)


@require_safe
def file(request: Request, pk: int) -> FileResponse:
    """A file of a letter: always a download, a browser runs nothing of it."""
    rows = LetterFile.objects.visible_to(request.user)
    found: LetterFile = get_object_or_404(rows, pk=pk)
    response = FileResponse(place_of(found.path).open("rb"), as_attachment=True, filename=found.name)
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def letter_of(request: Request, pk: int) -> Letter:
    """A letter that the person sees."""
    found: Letter = get_object_or_404(
        Letter.objects.visible_to(request.user).select_related("address"), pk=pk
    )
    return found


def told(request: Request, letters: list[Letter]) -> list[dict[str, Any]]:
    """Each with what became of it in words, and its customer or lead where the person sees that one."""
    keys = {_about(each) for each in letters if _about(each)}
    seen = seen_subjects(keys, request.user)
    return [
        {
            "letter": each,
            "reason": SIGNS.get(each.reason, each.reason),
            "about": seen.get(_about(each)),
        }
        for each in letters
    ]


def _about(letter: Letter) -> Any:
    if letter.customer_id:
        return "customer", letter.customer_id
    return ("lead", letter.lead_id) if letter.lead_id else None
