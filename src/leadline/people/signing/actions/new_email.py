"""One's own e-mail, by which one signs in, is changed by a link sent to the new one (PPL-1, PPL-6)."""

from datetime import timedelta

from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.mail import can_send, send_letter
from leadline.core.normalise.email import clean_email
from leadline.core.refusals import RuleBroken
from leadline.people import policies
from leadline.people.models import User
from leadline.people.signing import letters, limits
from leadline.people.signing.actions.throttling import charge
from leadline.people.signing.events import EmailChanged, NewEmailAsked

OPENS_FOR = timedelta(hours=1)
_SALT = "leadline.people.new-email"


@action
def ask_for_new_email(user: User, *, email: str, by: Actor) -> str:
    """Send a link to one's new e-mail, and tell the present one; nothing changes before the link is used.

    The door has made sure that it is the person. Returns the e-mail as it will be stored. Raises `RuleBroken`
    for one in use, where no mail is set up, and for too many in an hour.
    """
    require(by.user == user)
    if not can_send():
        words = _("No outgoing mail is set up, so no link can be sent. %(who)s")
        raise RuleBroken(words % {"who": policies.ASK_AN_ADMINISTRATOR}, field="email")
    email = _free(clean_email(email), user)
    charge(limits.for_new_email(user.pk, email), by=by)
    until = (now() + OPENS_FOR).timestamp()
    secret = signing.dumps([user.pk, email, until, _fingerprint(user)], salt=_SALT)
    address = letters.address_with("people:confirm_new_email", secret)
    send_letter(letters.new_email(address, user), to=email, by=by)
    send_letter(letters.new_email_was_asked(email, user), to=user.email, by=by)
    publish(NewEmailAsked(), by=by, about=[user])
    return email


@action
def change_own_email(secret: str, *, by: Actor) -> User:
    """Sign in by the new e-mail from now on; all sessions end, the old one is told, the link is used up."""
    found = who_changes(secret)
    user = lock(found[0]) if found else None
    found = who_changes(secret)
    if user is None or found is None:
        raise RuleBroken(_("This link was used already or has run out. Ask for a new one."))
    before, user.email = user.email, _free(found[1], user)
    user.session_epoch += 1
    user.save(update_fields=["email", "session_epoch"])
    send_letter(letters.email_was_changed(user), to=before, by=by)
    publish(EmailChanged(), by=by, about=[user])
    return user


def who_changes(secret: str) -> tuple[User, str] | None:
    """Whose link this is and the new e-mail, while it opens: an hour, until e-mail or password change."""
    try:
        user_id, email, until, fingerprint = signing.loads(secret, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.active().filter(pk=user_id).first()
    is_open = user is not None and fingerprint == _fingerprint(user) and now().timestamp() < until
    return (user, email) if user and is_open else None


def _free(email: str, user: User) -> str:
    if email == user.email:
        raise RuleBroken(_("You sign in with this e-mail already."), field="email", value=email)
    if User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise RuleBroken(_("Somebody already signs in with this e-mail."), field="email", value=email)
    return email


def _fingerprint(user: User) -> str:
    """Changes with e-mail, password and each sign-out everywhere by them: so a link opens once."""
    told = f"{user.pk}:{user.email}:{user.password}:{user.session_epoch}"
    return salted_hmac(_SALT, told, algorithm="sha256").hexdigest()
