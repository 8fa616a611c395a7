"""One field takes what a person types as second factor: a code of the app, or a recovery code (PPL-6)."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.refusals import RuleBroken
from leadline.people.models import User
from leadline.people.signing import actions, limits
from leadline.people.signing.knocking import note_failure

CODE, RECOVERY = "code", "recovery_code"


def factor_typed(request: HttpRequest, user: User, typed: str) -> str:
    """Which factor these letters are. Raises `RuleBroken` for none, and `TooManyTries`."""
    counted, by = limits.for_factor(user.pk), Actor(user)
    wait = actions.charge(counted, by=by)
    looks_like_code = len("".join(typed.split())) == 6
    if looks_like_code and actions.use_code(user, code=typed, by=by):
        found = CODE
    elif not looks_like_code and actions.use_recovery_code(user, code=typed, by=by):
        found = RECOVERY
    else:
        note_failure(request, user, way="second_factor", wait=wait)
        raise RuleBroken(_("This code does not fit, or was used already. Take the next one."), field="code")
    actions.forgive(counted, by=by)
    return found
