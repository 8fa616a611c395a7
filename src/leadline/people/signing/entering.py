"""What a browser keeps of signing in: the key of its session, and that the person was here before."""

import secrets

from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token

from leadline.core.actions import Actor
from leadline.people.models import User
from leadline.people.signing import actions
from leadline.people.signing.origin import address_of, device_of
from leadline.people.signing.recognising import KEY

KNOWN = "known"  # the cookie that says who signed in here before
_SALT = "leadline.people.known"
_MOST_KNOWN = 8
_A_YEAR = 365 * 24 * 3600


def enter(request: HttpRequest, user: User, *, way: str, factor: str = "none") -> None:
    """Begin a session in this browser, with a new key; what stood in the cookie before is gone."""
    secret = actions.begin_session(
        user,
        way=way,
        factor=factor,
        address=address_of(request),
        device=device_of(request),
        by=Actor(user),
    )
    keep_key(request, user, secret)


def keep_key(request: HttpRequest, user: User, secret: str) -> None:
    """Put the key of a session into the cookie, and nothing else (no fixation)."""
    request.session.flush()
    request.session[KEY] = f"{user.pk}.{secret}"
    rotate_token(request)


def session_cookie(user: User) -> str:
    """The cookie of a new session, for a browser that nobody types in: of benchmarks and tests."""
    store = SessionStore()
    secret = actions.begin_session(user, way="password", address=None, device="", by=Actor(user))
    store[KEY] = f"{user.pk}.{secret}"
    store.save()
    return str(store.session_key)


def leave(request: HttpRequest) -> None:
    """Forget the key."""
    request.session.flush()
    rotate_token(request)


def browser_of(request: HttpRequest, user: User | None) -> str:
    """The mark of this browser, if this person signed in here before; empty otherwise."""
    known = _known(request)
    return str(known.get(str(user.pk), "")) if user else ""


def know(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Remember that this person signed in here: strangers' guesses don't count against this browser."""
    known = _known(request)
    known.setdefault(str(user.pk), secrets.token_urlsafe(9))
    latest = dict(list(known.items())[-_MOST_KNOWN:])
    response.set_cookie(
        KNOWN,
        signing.dumps(latest, salt=_SALT),
        max_age=_A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(KNOWN, ""), salt=_SALT, max_age=_A_YEAR)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}
