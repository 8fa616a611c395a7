"""Somebody known comes in again: the lead is refreshed, not doubled (LEA-2)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.drafts import Draft
from leadline.core.events import publish_many
from leadline.customers.actions.picking import Done
from leadline.governance.models import Contactable
from leadline.leads.actions.changing import change_leads, write_drafts
from leadline.leads.actions.picking import Candidate, lock_leads, within
from leadline.leads.events import LeadsRefreshed
from leadline.leads.models import Lead
from leadline.people.scope import Reach


@action
def refresh_leads(changes: Mapping[int, Draft], *, by: Actor) -> Done:
    """Give known leads what came in anew.

    Who may edit a lead overwrites; who may only add fills what is empty. Leads that the actor
    neither edits nor adds to are refused, each with its reason.
    """
    candidates = lock_leads(changes)
    edited, filled = within("edit", by), within("create", by)
    editing = [each for each in candidates if _covers(edited, each)]
    filling = [each for each in candidates if not _covers(edited, each) and _covers(filled, each)]
    done = change_leads({each.id: changes[each.id] for each in editing}, by=by)
    empty = _only_empty({each.id: changes[each.id] for each in filling})
    written = write_drafts(filling, empty, by=by)
    done.changed = sorted({*done.changed, *written})
    done.unchanged += len(filling) - len(written)
    here = _("A lead with this e-mail or phone is here already, with somebody else. A lead manager can help.")
    taken = {each.id for each in (*editing, *filling)}
    done.refused |= dict.fromkeys(set(changes) - taken, here)
    if done.changed:
        publish_many(LeadsRefreshed, done.changed, kind="lead", by=by, count=len(done.changed))
    return done


@action
def fill_leads(changes: Mapping[int, Draft], *, by: Actor) -> Done:
    """Give known leads what they lack; what they have stays. Leads that the actor may not add to stay too."""
    within_reach = within("create", by)
    filling = [each for each in lock_leads(changes) if _covers(within_reach, each)]
    empty = _only_empty({each.id: changes[each.id] for each in filling})
    done = Done(changed=sorted(write_drafts(filling, empty, by=by)))
    done.unchanged = len(filling) - len(done.changed)
    if done.changed:
        publish_many(LeadsRefreshed, done.changed, kind="lead", by=by, count=len(done.changed))
    return done


def _covers(reach: Reach, candidate: Candidate) -> bool:
    return reach.covers(candidate.owner_id, candidate.team_id, candidate.territory_id)


def _only_empty(changes: Mapping[int, Draft]) -> dict[int, Draft]:
    """The drafts without what the leads have already; the owner stays whose it is."""
    present = Lead.objects.in_bulk(list(changes))
    return {
        pk: replace(
            draft,
            values={
                name: value
                for name, value in draft.values.items()
                if hasattr(Lead, name) and name != "owner" and _is_taken(value, getattr(present[pk], name))
            },
        )
        for pk, draft in changes.items()
    }


def _is_taken(value: Any, present: Any) -> bool:
    """What is empty is filled; a wish not to be reached, a consent withdrawn, are always heard (PPL-8)."""
    return present in ("", None, []) or value is True or value == Contactable.Given.WITHDRAWN
