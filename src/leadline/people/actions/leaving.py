"""Somebody leaves: no way in is left, what the person did and owns stays (PPL-1)."""

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.people import policies
from leadline.people.actions.rules import ADMINISTRATION, alone, require_an_administrator
from leadline.people.events import UserDeactivated
from leadline.people.models import Token, User
from leadline.people.signing.models import Session


@action
def let_go(user: User, *, by: Actor) -> User:
    """Deactivate somebody, end all sessions and revoke all tokens, in one step (PPL-1).

    Doing it twice changes nothing. Raises `RuleBroken` for the last administrator and for oneself.
    """
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    alone(ADMINISTRATION)
    user = lock(user)
    if user.is_system or user.pk == by.user.pk:
        raise RuleBroken(_("Nobody lets themselves go; another administrator can."), field="person")
    Session.objects.filter(user=user).open().update(ended_at=now())
    Token.objects.filter(user=user, revoked_at=None).update(revoked_at=now())
    if user.is_active:
        user.is_active, user.session_epoch = False, user.session_epoch + 1
        user.save(update_fields=["is_active", "session_epoch"])
        require_an_administrator()
        publish(UserDeactivated(user_id=user.pk), by=by, about=[user])
    return user
