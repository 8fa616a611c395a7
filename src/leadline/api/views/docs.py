"""The description of the API as a page (INT-2)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadline.api.answering import answer
from leadline.api.authentication import BearerToken
from leadline.api.describing.custom import asker_of
from leadline.api.describing.reading import shapes, subjects
from leadline.api.problems import Problem
from leadline.api.v1 import api


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs; with custom fields for whoever sends a token, or has a session."""
    try:
        user = asker_of(request, BearerToken())
    except Problem as refusal:
        return refusal.response()
    response = answer(api.personal_schema(user))
    response.headers["Cache-Control"] = "private, no-cache" if user else "public, max-age=300"
    return response


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation, made from the same description that programs read."""
    base = request.build_absolute_uri("/api/v1")
    tones = {"GET": "info", "POST": "good", "PATCH": "warn"}
    places = {"path": _("address"), "query": _("query"), "header": _("header")}
    context = {"subjects": subjects(), "shapes": shapes(), "base": base, "tones": tones, "places": places}
    return render(
        request, "api/docs.html" if request.user.is_authenticated else "api/docs_open.html", context
    )
