"""The report of all leads and the queue, as each person (LEA-5, LEA-8)."""

from functools import partial
from urllib.parse import urlencode

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.leads.listing import READY
from leadline.leads.queries.queue import next_lead_for
from leadline.people.models import User

_RAW_QUEUE = """
SELECT lead.id FROM leads_pulse pulse JOIN leads_lead lead ON lead.id = pulse.lead_id
  JOIN leads_stage stage ON stage.id = lead.stage_id
 WHERE pulse.owner_id = %s AND (pulse.callback_at IS NOT NULL OR pulse.starred_until IS NOT NULL)
   AND stage.kind = 'open' ORDER BY pulse.callback_at NULLS LAST LIMIT 1
"""
_BUSIEST = """
SELECT owner_id FROM leads_pulse
 WHERE owner_id IS NOT NULL AND (callback_at IS NOT NULL OR starred_until IS NOT NULL)
 GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
"""


@row("All leads, each ready-made view of 50", Goal(15))
def ready_made_views(data: Data) -> dict[str, Measured]:
    """The list as it opens, and each view that it comes with."""
    views = ["", *(each.key for each in READY)]
    return {
        f"{who}, {view or 'all'}": measured(
            [fetch(user, f"/leads/?{urlencode({'view': view})}" if view else "/leads/")], data.times
        )
        for who, user in data.people.items()
        for view in views
    }


@row("The next lead of a queue", Goal(10))
def next_leads(data: Data) -> dict[str, Measured]:
    """For a seller, and for the one in whose queue most leads stand."""
    busiest = query(_BUSIEST)
    people = {"rep": data.people["rep"]}
    if busiest:
        people["busiest rep"] = User.objects.get(pk=busiest[0][0])
    return {
        who: measured([partial(next_lead_for, user)], data.times, raw=[(_RAW_QUEUE, [user.pk])])
        for who, user in people.items()
    }
