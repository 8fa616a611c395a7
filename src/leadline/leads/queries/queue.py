"""The queue of a rep: which lead comes next (LEA-5, SIG-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leadline.core.clock import now
from leadline.core.planned import planned
from leadline.governance.contacting import may_be_called
from leadline.leads.calling import Hours, calling_hours, judged_by
from leadline.people.models import User

# What waits for its owner: what was put on top, a star that nobody worked yet, or a callback whose time has
# come. A star whose callback lies ahead waits for that. First who may be called now by the clock there; of
# these who is on top, the newest first; then callbacks by their time, then who is on the platform now, who
# logged in last, and who was not spoken to for longest. Who does not allow calls comes last, never not at
# all: there are other ways to reach them.
_WAITING = f"""
SELECT lead.id,
       ((%(now)s AT TIME ZONE coalesce(nullif(lead.zone, ''), %(ours)s))::time >= %(begins)s
        AND (%(now)s AT TIME ZONE coalesce(nullif(lead.zone, ''), %(ours)s))::time < %(ends)s
        AND extract(isodow FROM %(now)s AT TIME ZONE coalesce(nullif(lead.zone, ''), %(ours)s))::int
            = ANY(%(days)s) AND {may_be_called("lead")}) AS callable_now,
       pulse.callback_at, pulse.top_since
  FROM leads_pulse pulse
  JOIN leads_lead lead ON lead.id = pulse.lead_id
  JOIN leads_stage stage ON stage.id = lead.stage_id
  LEFT JOIN leads_onplatform told ON told.lead_id = lead.id
 WHERE pulse.owner_id = %(user)s
   AND (pulse.callback_at IS NOT NULL OR pulse.starred_until IS NOT NULL OR pulse.top_since IS NOT NULL)
   AND (pulse.top_since IS NOT NULL OR pulse.callback_at <= %(now)s
        OR (pulse.starred_until > %(now)s AND pulse.callback_at IS NULL
            AND (pulse.last_contact_at IS NULL OR pulse.last_contact_at <= pulse.starred_at)))
   AND lead.archived_at IS NULL AND stage.kind = 'open' AND NOT lead.bad_number
   AND lead.id <> ALL(%(without)s::bigint[])
"""
_ORDER = (
    " ORDER BY 2 DESC, pulse.top_since DESC NULLS LAST, pulse.callback_at NULLS LAST,"
    " told.online_since IS NULL, told.last_login_at DESC NULLS LAST,"
    " pulse.last_contact_at NULLS FIRST, lead.id"
)


@dataclass(frozen=True)
class Queue:
    """How many leads wait, how many of them may be called now, and which comes first."""

    waiting: int
    callable_now: int
    callbacks: int
    next_id: int | None


def next_lead_for(user: User, *, without: Sequence[int] = (), hours: Hours | None = None) -> int | None:
    """The lead that somebody works next, by its key; None when nothing waits.

    `without` are those that were put off just now.
    """
    with planned() as cursor:
        cursor.execute(f"{_WAITING}{_ORDER} LIMIT 1", _params(user, without, hours))
        row = cursor.fetchone()
    return row[0] if row else None


def queue_of(user: User, *, without: Sequence[int] = (), hours: Hours | None = None) -> Queue:
    """The same with the counts that stand over the queue."""
    hours = hours or calling_hours()
    sql = (
        f"WITH waiting AS ({_WAITING}) SELECT count(*), count(*) FILTER (WHERE callable_now),"
        " count(*) FILTER (WHERE callback_at <= %(now)s) FROM waiting"
    )
    with planned() as cursor:
        cursor.execute(sql, _params(user, (), hours))
        waiting, callable_now, callbacks = cursor.fetchone()
    return Queue(waiting, callable_now, callbacks, next_lead_for(user, without=without, hours=hours))


def _params(user: User, without: Sequence[int], hours: Hours | None) -> dict[str, Any]:
    hours = hours or calling_hours()
    return {
        "user": user.pk,
        "now": now(),
        "ours": judged_by(""),
        "begins": hours.begins,
        "ends": hours.ends,
        "days": sorted(hours.days),
        "without": list(without),
    }
