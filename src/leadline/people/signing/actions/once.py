"""Challenges and links that count once, for all workers together."""

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.people.signing.digests import digest_of
from leadline.people.signing.models import Attempt


@action
def spend_once(what: str, *, by: Actor) -> bool:
    """Whether this is the first time that somebody comes with it; what is spent is kept for a day."""
    moment = now()
    row = {"count": 1, "at": moment, "free_at": moment}
    return Attempt.objects.get_or_create(key=f"spent:{digest_of(what)}", defaults=row)[1]
