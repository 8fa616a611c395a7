"""The page and panel of “Why?”: no write, and nothing told that may not be told (PPL-5)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leadline.core.answers import asked_by_htmx
from leadline.core.ids import numeric_id
from leadline.core.requests import Request
from leadline.people.explaining.asking import why
from leadline.people.signing.viewing import only_looks

LONGEST = 30


@require_safe
def explain(request: Request) -> HttpResponse:
    """Why something can't be done or found, and who can help; what can't be meant is left out."""
    asked = {name: request.GET.get(name, "").strip()[:LONGEST] for name in ("kind", "id", "verb")}
    found = why(
        request.user,
        asked["kind"],
        (numeric_id(asked["id"]) or 0) if asked["id"] else None,
        asked["verb"],
        only_looks=only_looks(request),
    )
    in_dialog = asked_by_htmx(request)
    single = len(found.verdicts) == 1 and (found.found is not None or bool(asked["verb"]))
    context = {"found": found, "single": single, "in_dialog": in_dialog}
    return render(request, "people/_why.html" if in_dialog else "people/why.html", context)
