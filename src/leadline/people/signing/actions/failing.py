"""Wrong tries are told to the audit, those for unknown e-mails without filling it (PPL-7)."""

from django.db.models import F

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.people.signing.events import GuessingSlowedDown, SignInFailed, UnknownSignInsFailed
from leadline.people.signing.models import Attempt

TOLD_FROM = 60  # seconds of waiting


@action
def note_failed_sign_in(*, user_id: int | None, way: str, address: str, wait: int, by: Actor) -> None:
    """Tell of a wrong try: each one for a person who exists, the 1st, 2nd, 4th… of an hour for others."""
    about = [Subject("user", user_id)] if user_id else []
    if user_id:
        publish(SignInFailed(way=way, address=address), by=by, about=about)
    else:
        tries = _one_more_unknown()
        if tries & (tries - 1) == 0:
            publish(UnknownSignInsFailed(tries=tries, address=address), by=by, about=[])
    if wait >= TOLD_FROM:
        publish(GuessingSlowedDown(what=way, wait_seconds=wait, address=address), by=by, about=about)


def _one_more_unknown() -> int:
    moment = now()
    key = f"unknown:{moment:%Y-%m-%dT%H}"
    Attempt.objects.get_or_create(key=key, defaults={"count": 0, "at": moment, "free_at": moment})
    Attempt.objects.filter(key=key).update(count=F("count") + 1, at=moment)
    return Attempt.objects.values_list("count", flat=True).get(key=key)
