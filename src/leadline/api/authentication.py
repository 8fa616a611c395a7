"""Who is asking: the user of a token, or the browser's own session (INT-2)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja.utils import check_csrf

from leadline.api.limiting import count_against_limit
from leadline.api.problems import Problem
from leadline.api.scoping import READING, is_within, scope_wanted
from leadline.core import tracing
from leadline.core.actions import Actor
from leadline.core.clock import zone_of
from leadline.core.organisation import organisation
from leadline.people.models import User
from leadline.people.signing.confirming import must_confirm
from leadline.people.signing.viewing import actor_of
from leadline.people.tokens import Sent, token_of


class BearerToken:
    """Lets in by `Authorization: Bearer <token>`; pages of our own by their session, with its CSRF token."""

    openapi_security_schema = {"type": "http", "scheme": "bearer"}

    def __call__(self, request: HttpRequest) -> User:
        """The user who asks; sets `request.user` and `request.actor`. Raises `Problem` 401 or 403."""
        header = request.headers.get("Authorization", "")
        user = _by_token(request, header) if header else _by_session(request)
        request.user = user
        cause = Actor(user, via="api", trace=tracing.cause())
        request.actor = cause if header else actor_of(request, "api")  # type: ignore[attr-defined]
        translation.activate(user.language or translation.get_language_from_request(request))
        timezone.activate(zone_of(user.time_zone or organisation().time_zone))
        return user


def _by_token(request: HttpRequest, header: str) -> User:
    sent = sent_token(request, header)
    wanted = scope_wanted(request)
    if not is_within(sent.token.scopes, wanted):
        message = _("This token's scopes (%(scopes)s) do not include “%(wanted)s”.")
        scopes = ", ".join(map(str, sent.token.scopes))
        raise Problem(403, message % {"scopes": scopes, "wanted": wanted[0]})
    return sent.token.user


def sent_token(request: HttpRequest, header: str) -> Sent:
    """The token in an Authorization header, counted. Raises `Problem` 401, 403 or 429."""
    scheme, _space, secret = header.partition(" ")
    sent = token_of(secret.strip()) if scheme.lower() == "bearer" else None
    if sent is None:
        raise _unknown(_("This token is not known, has expired or was revoked."), "invalid_token")
    if sent.rests:
        raise _factor_first()
    count_against_limit(request, sent)
    return sent


def _by_session(request: HttpRequest) -> User:
    user: Any = request.user
    if not user.is_authenticated:
        raise _unknown(_("Send a token: Authorization: Bearer …"))
    if request.open_session.lacks_factor:  # type: ignore[attr-defined]
        raise _factor_first()
    if request.method not in READING and check_csrf(request) is not None:
        raise Problem(403, _("A page must send its CSRF token; a program sends a bearer token instead."))
    if must_confirm(request):
        raise Problem(403, _("Confirm it is you first, at /confirm; it holds for ten minutes."))
    return user


def _factor_first() -> Problem:
    return Problem(403, _("A role of this user needs a second factor. Sign in to the pages and set one up."))


def _unknown(detail: str, error: str = "") -> Problem:
    challenge = 'Bearer realm="Leadline"' + (f', error="{error}"' if error else "")
    return Problem(401, detail, headers={"WWW-Authenticate": challenge})
