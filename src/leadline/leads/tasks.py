"""Long work on leads."""

from datetime import datetime

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.jobs import Running, job
from leadline.leads.actions.onplatform import link_leads_to_users
from leadline.leads.actions.shifting import KIND, change_stars
from leadline.leads.queries.shift import changing_at
from leadline.people.models import User
from leadline.platform.models import PlatformUser

PORTION = 5_000


@app.periodic(cron="23 3 * * *")
@app.task(name="leads.link_all", queueing_lock="leads.link_all")
def link_all(timestamp: int) -> None:
    """Every night: whoever is on the platform and no lead yet, by the order of ids (PLT-3)."""
    by = Actor(User.objects.house(), via="job", trace="leads.link_all")
    known = PlatformUser.objects.filter(erased_at=None).order_by("pk")
    after = 0
    while ids := list(known.filter(pk__gt=after).values_list("pk", flat=True)[:PORTION]):
        link_leads_to_users(ids, by=by)
        after = ids[-1]


@job(KIND)
def run_end_of_shift(running: Running) -> None:
    """End a shift in portions by the order of ids; the moment is that of the press."""
    moment = datetime.fromisoformat(running.params["moment"])
    after = running.cursor or 0
    while found := changing_at(moment, running.by, after=after, limit=PORTION):
        after = found[-1].lead_id
        with running.portion(done=len(found), cursor=after) as portion:
            done = change_stars(found, by=running.by)
            portion.count(changed=len(done.changed), unchanged=done.unchanged, refused=len(done.refused))
