"""The report of all leads and the queue, as each person (LEA-5, LEA-8)."""

import time
from functools import partial
from urllib.parse import urlencode

from django.db import connection

from leadline.config.bench.browsing import fetch, send
from leadline.config.bench.data import Data, query
from leadline.config.bench.platform import come_online
from leadline.config.bench.registry import SECONDS, Goal, Measured, row
from leadline.config.bench.timing import WARM, measured
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.leads.actions.shifting import change_stars
from leadline.leads.listing import READY
from leadline.leads.queries.queue import next_lead_for
from leadline.leads.queries.shift import changing_at
from leadline.leads.tasks import PORTION
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

_WORKABLE = """
SELECT lead.id FROM leads_lead lead JOIN leads_stage stage ON stage.id = lead.stage_id
 WHERE lead.owner_id = %s AND lead.archived_at IS NULL AND stage.kind = 'open' AND NOT lead.bad_number
 ORDER BY lead.id LIMIT %s
"""
_STAR = """
UPDATE leads_lead SET starred_at = now() - interval '1 hour', starred_until = now() + interval '1 hour',
       starred_by_id = %s
 WHERE id IN (SELECT lead.id FROM leads_lead lead JOIN leads_stage stage ON stage.id = lead.stage_id
               WHERE lead.archived_at IS NULL AND stage.kind = 'open' AND lead.callback_at IS NULL
               ORDER BY lead.id LIMIT %s)
"""
_STAR_BESIDE = """
UPDATE leads_pulse pulse SET starred_at = lead.starred_at, starred_until = lead.starred_until
  FROM leads_lead lead
 WHERE lead.id = pulse.lead_id AND pulse.starred_until IS DISTINCT FROM lead.starred_until
"""
IN_A_SHIFT = 50_000


@row("All leads, each ready-made view of 50", Goal(15), changes_data=True)
def ready_made_views(data: Data) -> dict[str, Measured]:
    """The list as it opens, and each view that it comes with; two thousand leads are online."""
    come_online()
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


@row("The outcome of a call, pressed", Goal(25), changes_data=True)
def outcomes(data: Data) -> dict[str, Measured]:
    """One press: the activity, the callback, the stage and the next lead of the queue."""
    rep = data.people["rep"]
    owned = query(_WORKABLE, [rep.pk, data.times + WARM])
    works = [
        send(rep, f"/leads/{pk}/work", {"outcome": "no_answer", "notes": "", "from": "queue"})
        for (pk,) in owned
    ]
    return {"no answer, from the queue": measured(works[WARM:] or works, data.times)} if works else {}


@row("The end of a shift for 50,000 leads", Goal(10, SECONDS), changes_data=True)
def shift(data: Data) -> dict[str, Measured]:
    """Stars that were given a while ago end by the rule for sets, five thousand in one transaction."""
    by = Actor(data.administrator, via="job")
    with connection.cursor() as cursor:
        cursor.execute(_STAR, [data.administrator.pk, IN_A_SHIFT])
        cursor.execute(_STAR_BESIDE)
        cursor.execute("VACUUM leads_lead, leads_pulse")  # as it will have been by the evening
    start = time.perf_counter()
    after = changed = 0
    while found := changing_at(now(), by, after=after, limit=PORTION):
        after = found[-1].lead_id
        changed += len(change_stars(found, by=by).changed)
    return {"leads": Measured(time.perf_counter() - start, note=f"{changed:,} changed")}
