"""Long work on leads."""

from datetime import datetime

from leadline.core.jobs import Running, job
from leadline.leads.actions.shifting import KIND, change_stars
from leadline.leads.queries.shift import changing_at

PORTION = 5_000


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
