"""Tags, put on and taken off in sets."""

from collections.abc import Iterable, Sequence

from leadline.core.actions import Actor, action
from leadline.core.events import publish_many
from leadline.customers.actions.picking import Done
from leadline.customers.actions.tagging import given_tags, not_too_many, retag
from leadline.leads.actions.picking import one, pick, require_may
from leadline.leads.events import LeadsTagged
from leadline.leads.models import Lead


@action
def tag_leads(ids: Iterable[int], *, add: Sequence[str] = (), remove: Sequence[str] = (), by: Actor) -> Done:
    """Put tags on leads and take others off; at most fifty each."""
    adding, removing = given_tags("lead", add, remove)
    picked, done = pick(ids, "edit", not_too_many(adding, removing), by=by)
    done.changed = retag("leads_lead", [candidate.id for candidate in picked], adding, removing)
    done.unchanged = len(picked) - len(done.changed)
    if done.changed:
        publish_many(LeadsTagged, done.changed, kind="lead", by=by, count=len(done.changed))
    return done


@action
def tag_lead(lead: Lead, *, add: Sequence[str] = (), remove: Sequence[str] = (), by: Actor) -> Lead:
    """Put tags on one lead and take others off."""
    require_may(lead, "edit", by=by)  # before what was typed is looked at
    return one(lead, tag_leads([lead.pk], add=add, remove=remove, by=by))
