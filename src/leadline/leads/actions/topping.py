"""On top of the queue: what should be worked before all else, and why (PLT-6)."""

from collections.abc import Mapping

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import publish_many
from leadline.core.refusals import RuleBroken
from leadline.customers.actions.picking import Done
from leadline.leads.actions.picking import pick
from leadline.leads.events import LeadsPutOnTop

LONGEST = 200
_TOP = """
UPDATE leads_pulse pulse SET top_since = %s, top_because = given.because
  FROM unnest(%s::bigint[], %s::text[]) given (lead_id, because) WHERE pulse.lead_id = given.lead_id
"""


@action
def put_on_top(because: Mapping[int, str], *, by: Actor) -> Done:
    """Put leads on top of their owners' queues, each with its reason in words.

    They stay until somebody speaks or writes to them. Putting one there again renews moment and reason.
    Raises `RuleBroken` for a reason that is empty or longer than 200 characters.
    """
    for words in because.values():
        if not words.strip() or len(words) > LONGEST or not words.isprintable():
            message = _("Say in up to %(most)s characters why it is on top.") % {"most": LONGEST}
            raise RuleBroken(message, field="because", value=words[:80])
    picked, done = pick(because, "star", by=by)
    done.changed = [candidate.id for candidate in picked]
    if done.changed:
        with connection.cursor() as cursor:
            cursor.execute(_TOP, [now(), done.changed, [because[key].strip() for key in done.changed]])
        publish_many(LeadsPutOnTop, done.changed, kind="lead", by=by, count=len(done.changed))
    return done
