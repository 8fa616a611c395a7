"""Sessions begin, are used, are confirmed, and end (PPL-6)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import NotAllowed
from leadline.people import policies
from leadline.people.models import User
from leadline.people.signing.digests import digest_of, new_secret
from leadline.people.signing.events import (
    PersonConfirmed,
    SessionEnded,
    SignedIn,
    SignedOut,
    SignedOutEverywhere,
)
from leadline.people.signing.models import Attempt, Session, signing_rules

KEPT = timedelta(days=30)
NO_FACTOR = "none"


@action
def begin_session(
    user: User, *, way: str, factor: str = NO_FACTOR, address: str | None, device: str, by: Actor
) -> str:
    """Let somebody in, in one browser; returns the session's secret, of which only the digest is kept."""
    user = lock(user)
    if not user.is_active or user.is_system:
        raise NotAllowed(_("This account can't sign in."), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    rules, moment, secret = signing_rules(), now(), new_secret()
    session = Session.objects.create(
        user=user,
        digest=digest_of(secret),
        epoch=user.session_epoch,
        way=way,
        address=address,
        device=device,
        began_at=moment,
        seen_at=moment,
        idle_until=moment + rules.idle,
        ends_at=moment + rules.lifetime,
        confirmed_at=moment,
        factor_at=moment if factor != NO_FACTOR else None,
    )
    user.last_login = moment
    user.save(update_fields=["last_login"])
    told = SignedIn(session_id=session.pk, way=way, factor=factor, address=address or "")
    publish(told, by=by, about=[user])
    return secret


@action
def note_presence(session_id: int, *, address: str | None, by: Actor) -> None:
    """The session is in use; called at most every few minutes."""
    moment = now()
    idle_until = moment + signing_rules().idle
    Session.objects.filter(pk=session_id).update(seen_at=moment, idle_until=idle_until, address=address)


@action
def confirm_person(session_id: int, *, user: User, way: str, with_factor: bool, by: Actor) -> None:
    """The person of a session proved again to be there; with a second factor, if one was shown."""
    session = lock(Session.objects.get(pk=session_id, user=user))
    session.confirmed_at = now()
    session.factor_at = session.confirmed_at if with_factor else session.factor_at
    session.save(update_fields=["confirmed_at", "factor_at"])
    publish(PersonConfirmed(session_id=session.pk, way=way), by=by, about=[user])


@action
def renew_session(session_id: int, *, user: User, by: Actor) -> str:
    """Give a session a new key, and let it live on where all others of the person end; returns the secret."""
    session, secret = lock(Session.objects.get(pk=session_id)), new_secret()
    session.digest, session.epoch, session.confirmed_at = digest_of(secret), user.session_epoch, now()
    session.save(update_fields=["digest", "epoch", "confirmed_at"])
    return secret


@action
def sign_out(session_id: int, *, by: Actor) -> None:
    """End the session of this browser."""
    session = lock(Session.objects.get(pk=session_id))
    if session.ended_at is None:
        session.ended_at = now()
        session.save(update_fields=["ended_at"])
        publish(SignedOut(session_id=session.pk), by=by, about=[session.user])


@action
def end_session(session: Session, *, by: Actor) -> None:
    """End one session: a person's own, or anybody's by an administrator."""
    require(policies.may_end_sessions(by.user, session.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    session = lock(session)
    session.ended_at = session.ended_at or now()
    session.save(update_fields=["ended_at"])
    publish(SessionEnded(session_id=session.pk), by=by, about=[session.user])


@action
def sign_out_everywhere(user: User, *, but: int | None = None, by: Actor) -> int:
    """End all sessions of a person, `but` perhaps the one in use; returns how many."""
    require(policies.may_end_sessions(by.user, user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    ended = Session.objects.filter(user=user).open().exclude(pk=but or 0).update(ended_at=now())
    publish(SignedOutEverywhere(sessions=ended), by=by, about=[user])
    return ended


@action
def remove_old_sessions(*, by: Actor) -> None:
    """Forget sessions that ended or ran out a month ago, and tries that no longer count."""
    long_ago = now() - KEPT
    Session.objects.filter(ends_at__lt=long_ago).delete()
    Session.objects.filter(ended_at__lt=long_ago).delete()
    Attempt.objects.filter(at__lt=now() - timedelta(days=1)).delete()
