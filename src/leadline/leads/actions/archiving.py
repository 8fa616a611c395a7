"""Archiving: how a lead is taken away without losing anything (ALL-1)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import publish_many
from leadline.customers.actions.picking import Done
from leadline.leads.actions.picking import one, pick
from leadline.leads.actions.side import follow
from leadline.leads.events import LeadsArchived, LeadsRestored
from leadline.leads.models import Lead


@action
def archive_leads(ids: Iterable[int], *, by: Actor) -> Done:
    """Take leads out of the daily lists and the queues."""
    picked, done = pick(ids, "archive", by=by)
    done.changed = [candidate.id for candidate in picked]
    _update(done.changed, now())
    if done.changed:
        publish_many(LeadsArchived, done.changed, kind="lead", by=by, count=len(done.changed))
    return done


@action
def restore_leads(ids: Iterable[int], *, by: Actor) -> Done:
    """Bring archived leads back as they were."""
    picked, done = pick(ids, "restore", by=by)
    done.changed = [candidate.id for candidate in picked]
    _update(done.changed, None)
    if done.changed:
        publish_many(LeadsRestored, done.changed, kind="lead", by=by, count=len(done.changed))
    return done


@action
def archive_lead(lead: Lead, *, by: Actor) -> Lead:
    """Archive one lead."""
    return one(lead, archive_leads([lead.pk], by=by))


@action
def restore_lead(lead: Lead, *, by: Actor) -> Lead:
    """Restore one lead."""
    return one(lead, restore_leads([lead.pk], by=by))


def _update(ids: list[int], archived_at: datetime | None) -> None:
    Lead.objects.filter(pk__in=ids).update(
        archived_at=archived_at, updated_at=now(), version=F("version") + 1
    )
    follow(ids)
