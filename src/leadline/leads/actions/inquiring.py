"""Somebody writes in by oneself, through a form or a letter: nobody has proved who it is (LEA-2)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from leadline.core.actions import Actor, action
from leadline.core.drafts import Draft
from leadline.core.refusals import RulesBroken
from leadline.leads.actions.matching import identities_of, known_leads
from leadline.leads.actions.refreshing import fill_leads
from leadline.leads.actions.registering import register_leads


@action
def take_inquiry(draft: Draft, *, given: Mapping[str, Any], by: Actor) -> tuple[int, bool]:
    """Make a lead of who wrote in, or refresh the one that is here; returns its id and whether it is new.

    A new lead is welcomed (LEA-3), and gets what is `given` (source, desk, owner, …). One that is here gets
    what it lacks and keeps what it has: a stranger who knows an address overwrites nothing. Raises
    `RulesBroken` by field.
    """
    lead_id = known_leads([draft]).of(identities_of(draft))
    if lead_id is not None:
        fill_leads({lead_id: draft}, by=by)
        return lead_id, False
    outcome = register_leads([replace(draft, values={**given, **draft.values})], by=by)
    for refused in outcome.refused:
        raise RulesBroken(refused.broken)
    return outcome.created[draft.row], True
