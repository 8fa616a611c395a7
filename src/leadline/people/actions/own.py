"""What everybody may change of themselves."""

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.people.actions.rules import given, set_password
from leadline.people.models import User
from leadline.people.signing.events import PasswordChanged
from leadline.people.signing.passwords import fits


@action
def change_own_profile(
    user: User, *, name: str, phone: str, language: str, time_zone: str, by: Actor
) -> User:
    """Change one's own name, phone, language and time zone."""
    require(by.user == user)
    user = lock(user)
    user.name, user.phone, user.language, user.time_zone = given(name), phone, language, time_zone
    user.save(update_fields=["name", "phone", "language", "time_zone"])
    return user


@action
def choose_own_language(user: User, *, language: str, by: Actor) -> User:
    """Read everything in another language from now on."""
    require(by.user == user)
    user = lock(user)
    user.language = language
    user.save(update_fields=["language"])
    return user


@action
def change_own_password(user: User, *, old: str, new: str, by: Actor) -> User:
    """Change one's own password; every other session ends with it."""
    require(by.user == user)
    user = lock(user)
    if not fits(user, old):
        raise RuleBroken(_("This is not your present password."), field="old")
    set_password(user, new, field="new")
    user.session_epoch += 1
    user.save(update_fields=["password", "session_epoch"])
    publish(PasswordChanged(way="own"), by=by, about=[user])
    return user
