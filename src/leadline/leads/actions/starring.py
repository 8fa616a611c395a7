"""The star: a manager's release of a lead into its owner's queue (LEA-6)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.events import publish_many
from leadline.core.refusals import RuleBroken
from leadline.customers.actions.picking import Done
from leadline.leads.actions.picking import one, pick
from leadline.leads.actions.side import follow
from leadline.leads.events import LeadsStarred, LeadsUnstarred
from leadline.leads.models import Lead

LONGEST = timedelta(days=366)


@action
def star_leads(ids: Iterable[int], *, until: datetime, by: Actor) -> Done:
    """Release leads into the queues of their owners until a moment, at most a year ahead.

    A star again releases anew: what was worked since the last one stands in the queue once more. Raises
    `RuleBroken` for a moment that is over.
    """
    require(by.user.is_system or by.user.may("lead", "star"), _("Your role does not star leads."))
    moment = now()
    if not moment < until <= moment + LONGEST:
        raise RuleBroken(_("Give a moment to come, within a year."), field="until", value=until)
    picked, done = pick(ids, "star", by=by)
    done.changed = [candidate.id for candidate in picked]
    _update(done.changed, starred_at=moment, starred_until=until, starred_by=by.user)
    if done.changed:
        publish_many(LeadsStarred, done.changed, kind="lead", by=by, until=until, count=len(done.changed))
    return done


@action
def unstar_leads(ids: Iterable[int], *, by: Actor) -> Done:
    """Take leads out of the queues of their owners; one without a star needs no change."""
    picked, done = pick(ids, "star", by=by)
    done.changed = [candidate.id for candidate in picked if candidate.starred_until]
    done.unchanged = len(picked) - len(done.changed)
    _update(done.changed, starred_at=None, starred_until=None, starred_by=None)
    if done.changed:
        publish_many(LeadsUnstarred, done.changed, kind="lead", by=by, count=len(done.changed))
    return done


@action
def star_lead(lead: Lead, *, until: datetime, by: Actor) -> Lead:
    """Release one lead."""
    return one(lead, star_leads([lead.pk], until=until, by=by))


@action
def unstar_lead(lead: Lead, *, by: Actor) -> Lead:
    """Take one lead out of the queue."""
    return one(lead, unstar_leads([lead.pk], by=by))


def _update(ids: list[int], **star: object) -> None:
    Lead.objects.filter(pk__in=ids).update(**star, updated_at=now(), version=F("version") + 1)
    follow(ids)
