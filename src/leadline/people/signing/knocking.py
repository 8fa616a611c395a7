"""Trying a password: limits first, then as long for everybody, then told (PPL-6)."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.jobs import later
from leadline.core.refusals import RuleBroken
from leadline.people import policies
from leadline.people.models import User
from leadline.people.signing import actions, limits
from leadline.people.signing.entering import browser_of
from leadline.people.signing.models import signing_rules
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
        require_other_way(user)
        return user
    note_failure(request, user, way="password", wait=wait)
    return None


def require_other_way(user: User | None) -> None:
    """Where only single sign-on is allowed, administrators alone come in otherwise. Raises `RuleBroken`."""
    if user and signing_rules().single_sign_on_only and not policies.may_manage_people(user):
        raise RuleBroken(_("Here one signs in by single sign-on. Take the button below."))


def note_failure(request: HttpRequest, user: User | None, *, way: str, wait: int = 0) -> None:
    """Have a wrong try told, later and elsewhere."""
    later(
        "people.note_failed_sign_in",
        user_id=user.pk if user else None,
        way=way,
        address=address_of(request) or "",
        wait=wait,
    )
