"""The end of a shift: today's stars end, those whose contact falls on the next day are starred (LEA-6)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.changesets import start_change
from leadline.core.clock import now
from leadline.core.jobs import Job
from leadline.core.refusals import RuleBroken
from leadline.customers.actions.picking import Done
from leadline.leads.actions.starring import star_leads, unstar_leads
from leadline.leads.queries.shift import Changing, shift_ending_at

KIND = "leads.end_shift"


@action
def end_shift(*, by: Actor) -> Job:
    """Start the end of the shift for all leads that the actor stars, as one change set that can be undone.

    Raises `RuleBroken` where nothing would change.
    """
    require(by.user.is_system or by.user.may("lead", "star"), _("Your role does not star leads."))
    moment = now()
    shift = shift_ending_at(moment, by)
    if not shift.total:
        raise RuleBroken(_("There is nothing to change: no lead is starred, and none is due the next day."))
    params = {"moment": moment.isoformat()}
    return start_change(KIND, title=_("End of shift"), params=params, total=shift.total, by=by)


@action
def change_stars(changing: Sequence[Changing], *, by: Actor) -> Done:
    """Star a portion of leads until the moments given, and take the star of the others."""
    groups: dict[datetime | None, list[int]] = defaultdict(list)
    for each in changing:
        groups[each.until].append(each.lead_id)
    whole = Done()
    for until, ids in groups.items():
        done = star_leads(ids, until=until, by=by) if until else unstar_leads(ids, by=by)
        whole.changed += done.changed
        whole.unchanged += done.unchanged
        whole.refused |= done.refused
    return whole
