"""Guessing is slowed down, for all workers together, and nobody is locked out for ever (PPL-6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.refusals import RuleBroken
from leadline.people.signing.models import Attempt

FORGOTTEN_AFTER = timedelta(hours=1)
_FIRST_WAIT = 5  # seconds; each further try doubles it
# Counted before it is known whether the try is right, so that a thousand at once are no way round it.
_CHARGE = """
INSERT INTO people_attempt AS kept (key, count, at, free_at) VALUES (%(key)s, 1, %(now)s, %(now)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN kept.at < %(old)s THEN 1 ELSE kept.count + 1 END,
    at = %(now)s,
    free_at = %(now)s + make_interval(secs => CASE
        WHEN kept.at < %(old)s OR kept.count + 1 < %(free)s THEN 0
        ELSE least(%(longest)s, %(first)s * 2.0 ^ least(kept.count + 1 - %(free)s, 20)) END)
 WHERE kept.free_at <= %(now)s
RETURNING free_at
"""


class TooManyTries(RuleBroken):
    """Somebody has to wait; `seconds` says how long."""

    def __init__(self, seconds: int):
        self.seconds = seconds
        super().__init__(_("Too many attempts. Wait %(time)s and try again.") % {"time": _in_words(seconds)})


@dataclass(frozen=True)
class Limit:
    """Under `key`, `free` tries cost no waiting; each further one doubles it, up to `longest` seconds."""

    key: str
    free: int
    longest: int


@action
def charge(limits: Sequence[Limit], *, by: Actor) -> int:
    """Count a try under each limit; returns the seconds that the next one will have to wait.

    Raises `TooManyTries` while one of the limits still has to wait; such a try is not counted against it.
    """
    moment, waits = now(), [0]
    for limit in limits:
        free_at = _charge(limit, moment)
        if free_at is None:
            raise TooManyTries(_seconds_left(limit.key, moment))
        waits.append(round((free_at - moment).total_seconds()))
    return max(waits)


@action
def forgive(limits: Sequence[Limit], *, by: Actor) -> None:
    """The try was right: nothing counts under the first limit any more, and it alone under the others."""
    keys = [limit.key for limit in limits]
    Attempt.objects.filter(key__in=keys[:1]).delete()
    Attempt.objects.filter(key__in=keys[1:], count__gt=0).update(count=F("count") - 1, free_at=now())


def _charge(limit: Limit, moment: datetime) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(
            _CHARGE,
            {
                "key": limit.key,
                "now": moment,
                "old": moment - FORGOTTEN_AFTER,
                "free": limit.free,
                "longest": limit.longest,
                "first": _FIRST_WAIT,
            },
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _seconds_left(key: str, moment: datetime) -> int:
    free_at = Attempt.objects.filter(key=key).values_list("free_at", flat=True).first() or moment
    return max(1, round((free_at - moment).total_seconds()))


def _in_words(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
