"""“View as”: an administrator sees the pages as somebody else does (PPL-9)."""

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.events import publish
from leadline.people import policies
from leadline.people.models import User
from leadline.people.signing.digests import digest_of, new_secret
from leadline.people.signing.events import ViewingBegan, ViewingEnded
from leadline.people.signing.models import Session


@action
def begin_viewing(session_id: int, *, person: User, by: Actor) -> str:
    """Look at the pages as somebody, in this session; returns its new secret.

    Not as oneself, nor as somebody who manages people or settings, nor as who left.
    """
    words = _("One can't view as oneself, as another administrator, or as somebody who left.")
    require(policies.may_view_as(by.user, person), words, who_can_help=policies.ASK_AN_ADMINISTRATOR)
    session = lock(Session.objects.get(pk=session_id, user=by.user, viewing_as=None))
    secret = _changed(session, person)
    publish(ViewingBegan(session_id=session.pk, administrator_id=by.user.pk), by=by, about=[person])
    return secret


@action
def end_viewing(session_id: int, *, by: Actor) -> tuple[User, str]:
    """Be oneself again; returns who one is and the session's new secret."""
    session = lock(Session.objects.exclude(viewing_as=None).get(pk=session_id), "user", "viewing_as")
    person, holder = session.viewing_as, session.user
    secret = _changed(session, None)
    ended = ViewingEnded(session_id=session.pk, administrator_id=holder.pk)
    publish(ended, by=Actor(holder, via=by.via), about=[person] if person else [])
    return holder, secret


def _changed(session: Session, person: User | None) -> str:
    secret = new_secret()
    session.viewing_as, session.digest = person, digest_of(secret)
    session.save(update_fields=["viewing_as", "digest"])
    return secret
