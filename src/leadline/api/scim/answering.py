"""How the SCIM door answers: `application/scim+json`, refusals as SCIM errors."""

import functools
import json
from collections.abc import Callable
from typing import Any

import scim2_models as scim
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError

from leadline.api.authentication import sent_token
from leadline.api.bodies import content_of, require_text
from leadline.api.problems import Problem
from leadline.api.scoping import SCIM, is_within
from leadline.core.actions import Actor, require
from leadline.core.refusals import NotAllowed, Refusal, RuleBroken, RulesBroken
from leadline.people.policies import ASK_AN_ADMINISTRATOR, may_manage_people

MEDIA_TYPE = "application/scim+json"
# Directories send attributes of their own and close small gaps of the standard as they see fit.
TOLERANT = scim.ScimPolicy(
    unknown=scim.ScimPolicy.Unknown.ignore,
    unmatched_path_filter=scim.ScimPolicy.UnmatchedPathFilter.create,
)


def door(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let a directory in by a token with the scope `scim` of somebody who manages people."""

    def made(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @functools.wraps(view)
        def answered(request: HttpRequest, **keys: Any) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise Problem(405, gettext("This address does not take this method."))
                _let_in(request)
                return view(request, **keys)
            except (Problem, Http404, Refusal, scim.SCIMException, ValidationError) as refusal:
                return _refused(refusal)

        return answered

    return made


@functools.singledispatch
def _refused(refusal: Exception) -> HttpResponse:
    """What can't be done as it is now; others follow, each by its kind."""
    return error(409, str(refusal))


@_refused.register
def _problem(refusal: Problem) -> HttpResponse:
    response = error(refusal.status, refusal.detail)
    for name, value in refusal.headers.items():
        response.headers[name] = value
    return response


@_refused.register
def _missing(refusal: Http404) -> HttpResponse:
    return error(404, gettext("There is nothing here that you may see."))


@_refused.register
def _scim(refusal: scim.SCIMException) -> HttpResponse:
    return error(refusal.status, refusal.detail or "", refusal.scim_type or "")


@_refused.register
def _invalid(refusal: ValidationError) -> HttpResponse:
    return error(400, str(refusal.errors()[0]["msg"])[:300], "invalidSyntax")


@_refused.register
def _not_allowed(refusal: NotAllowed) -> HttpResponse:
    return error(403, refusal.message)


@_refused.register(RuleBroken)
@_refused.register(RulesBroken)
def _rule(refusal: RuleBroken | RulesBroken) -> HttpResponse:
    return error(400, refusal.message, "invalidValue")


def answer(data: scim.BaseModel | dict[str, Any], status: int = 200, location: str = "") -> HttpResponse:
    """A resource, or what was made of some, as JSON."""
    content = json.dumps(data) if isinstance(data, dict) else data.model_dump_json(exclude_none=True)
    response = HttpResponse(content, status=status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    if location:
        response.headers["Location"] = location
    return response


def error(status: int, detail: str, kind: str = "") -> HttpResponse:
    """A refusal as the standard has it."""
    return answer(scim.Error(status=status, detail=str(detail), scim_type=kind or None), status=status)


def body_of(request: HttpRequest) -> Any:
    """The JSON that was sent. Raises `Problem` 400 or 413."""
    try:
        given = json.loads(content_of(request))
    except (ValueError, RecursionError):
        raise Problem(400, gettext("Send JSON.")) from None
    if not isinstance(given, dict):
        raise Problem(400, gettext("Send one JSON object."))
    require_text(given)
    return given


def _let_in(request: HttpRequest) -> None:
    sent = sent_token(request, request.headers.get("Authorization", ""))
    if not is_within(sent.token.scopes, (SCIM,)):
        raise Problem(403, gettext("This token lacks the scope “scim”."))
    request.user = sent.token.user
    request.actor = Actor(sent.token.user, via="api")  # type: ignore[attr-defined]
    translation.activate(sent.token.user.language or "en")
    require(may_manage_people(sent.token.user), who_can_help=ASK_AN_ADMINISTRATOR)
