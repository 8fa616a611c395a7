"""A forgotten password is chosen anew by a link sent by mail (PPL-6)."""

from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock
from leadline.core.events import publish
from leadline.core.mail import send_letter
from leadline.core.refusals import RuleBroken
from leadline.people.actions.rules import set_password
from leadline.people.models import User
from leadline.people.signing import letters
from leadline.people.signing.events import PasswordChanged, RecoveryAsked

OPENS_FOR = 3600  # seconds
_SALT = "leadline.people.recovery"


@action
def send_recovery(email: str, *, by: Actor) -> None:
    """Send the link to whoever has this e-mail; to nobody else, and without telling which it was."""
    user = User.objects.active().filter(email__iexact=email.strip()).first()
    if user is None:
        return
    secret = signing.dumps([user.pk, _fingerprint(user)], salt=_SALT)
    address = letters.address_with("people:recover", secret)
    send_letter(letters.recovery(address, user), to=user.email, by=by)
    publish(RecoveryAsked(), by=by, about=[user])


@action
def recover_password(secret: str, *, password: str, by: Actor) -> User:
    """Choose a new password by the link; all sessions end, and the link opens nothing any more."""
    found = who_recovers(secret)
    user = lock(found) if found else None
    if user is None or who_recovers(secret) != user:
        raise RuleBroken(_("This link was used already or has run out. Ask for a new one."))
    set_password(user, password)
    user.session_epoch += 1
    user.save(update_fields=["password", "session_epoch"])
    publish(PasswordChanged(way="link"), by=by, about=[user])
    return user


def who_recovers(secret: str) -> User | None:
    """Whose link this is, while it opens: an hour, and until the password changes."""
    try:
        user_id, fingerprint = signing.loads(secret, salt=_SALT, max_age=OPENS_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.active().filter(pk=user_id).first()
    return user if user and fingerprint == _fingerprint(user) else None


def _fingerprint(user: User) -> str:
    """Changes with the password and with each sign-out everywhere: so a link opens once."""
    return salted_hmac(
        _SALT, f"{user.pk}:{user.password}:{user.session_epoch}", algorithm="sha256"
    ).hexdigest()
