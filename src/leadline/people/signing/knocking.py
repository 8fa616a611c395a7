"""Trying a password: limits first, then as long for everybody, then told (PPL-6)."""

from django.http import HttpRequest

from leadline.core.actions import Actor
from leadline.core.jobs import later
from leadline.people.models import User
from leadline.people.signing import actions, limits
from leadline.people.signing.entering import browser_of
from leadline.people.signing.origin import address_of
from leadline.people.signing.passwords import fits


def who_knocks(request: HttpRequest, email: str, password: str) -> User | None:
    """The active person of e-mail and password, or None, which never tells the wrong one of the two.

    Raises `TooManyTries` with the time to wait.
    """
    user = User.objects.active().filter(email__iexact=email.strip()).first()
    counted = limits.for_password(email, address_of(request), browser_of(request, user))
    nobody = Actor(None)
    wait = actions.charge(counted, by=nobody)
    if fits(user, password):
        actions.forgive(counted, by=nobody)
        return user
    note_failure(request, user, way="password", wait=wait)
    return None


def note_failure(request: HttpRequest, user: User | None, *, way: str, wait: int = 0) -> None:
    """Have a wrong try told, later and elsewhere."""
    later(
        "people.note_failed_sign_in",
        user_id=user.pk if user else None,
        way=way,
        address=address_of(request) or "",
        wait=wait,
    )
