"""Which of a set of leads a person may act on, each of the others with its reason."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers.actions.picking import Done
from leadline.leads.models import Lead
from leadline.leads.queries.seeing import lead_named
from leadline.leads.verbs import LEAD_VERBS
from leadline.people.scope import Reach, reach

_LOCKED = "SELECT id FROM leads_lead WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE"
_FOUND = """
SELECT lead.id, lead.owner_id, lead.team_id, lead.territory_id, lead.archived_at IS NOT NULL,
       lead.erased_at IS NOT NULL, stage.kind = 'open', stage.key, lead.stage_id, lead.tags, lead.unclear,
       lead.assigned_at, lead.starred_until, lead.phone, lead.country, lead.time_zone,
       lead.converted_to_id IS NOT NULL
  FROM leads_lead lead JOIN leads_stage stage ON stage.id = lead.stage_id
 WHERE lead.id = ANY(%s::bigint[]) ORDER BY lead.id
"""


class Candidate(NamedTuple):
    """As much of a lead as rules about sets ask for."""

    id: int
    owner_id: int | None
    team_id: int | None
    territory_id: int | None
    is_archived: bool
    is_erased: bool
    is_open: bool
    stage_key: str
    stage_id: int
    tags: list[str]
    unclear: list[str]
    assigned_at: datetime | None
    starred_until: datetime | None
    phone: str
    country: str
    time_zone: str
    is_converted: bool


Rule = Callable[[Candidate], str | None]


def pick(ids: Iterable[int], verb: str, *rules: Rule, by: Actor) -> tuple[list[Candidate], Done]:
    """Lock the leads and part those on which the actor may do the verb from those refused.

    What stands against the verb itself (`verbs.LEAD_VERBS`) is asked first; a rule besides gives the reason
    against a candidate, or None.
    """
    wanted = sorted(set(ids))
    found = lock_leads(wanted)
    asked: tuple[Rule, ...] = (*LEAD_VERBS[verb].hindrances, *rules)
    done = Done(refused=dict.fromkeys(wanted, _("There is no such lead.")), forbidden=set(wanted))
    viewed, allowed = within("view", by), within(LEAD_VERBS[verb].needs[1], by)
    picked = []
    for candidate in found:
        if forbidden := _forbidden(candidate, viewed, allowed):
            done.refused[candidate.id] = forbidden
            continue
        done.forbidden.discard(candidate.id)
        if why_not := next(filter(None, (rule(candidate) for rule in asked)), None):
            done.refused[candidate.id] = why_not
        else:
            del done.refused[candidate.id]
            picked.append(candidate)
    return picked, done


def lock_leads(ids: Iterable[int]) -> list[Candidate]:
    """Lock leads in the order of their keys, as they are now.

    Locked first, then read: a lead that had to be waited for may be in another stage by now, and one
    statement that joins the stage would not find it any more.
    """
    keys = sorted(set(ids))
    with connection.cursor() as cursor:
        cursor.execute(_LOCKED, [keys])
        cursor.execute(_FOUND, [keys])
        return [Candidate(*row) for row in cursor.fetchall()]


def within(verb: str, by: Actor) -> Reach:
    """The leads on which the actor may do a verb; the house reaches all."""
    return Reach(everything=True) if by.user.is_system else reach(by.user, "lead", verb)


def one(lead: Lead, done: Done) -> Lead:
    """The lead as it is after a set of one; raises the reason if it was refused."""
    for reason in done.refused.values():
        raise NotAllowed(reason) if lead.pk in done.forbidden else RuleBroken(reason)
    return lead_named(lead.pk)


def require_may(lead: Lead, verb: str, *, by: Actor) -> None:
    """Refuse what the verb itself would refuse, before anything is typed for it; nothing is locked."""
    whose = lead.owner_id, lead.team_id, lead.territory_id
    if not within(LEAD_VERBS[verb].needs[1], by).covers(*whose):
        raise NotAllowed(
            _("Your role does not allow this for this lead. Its owner's sales manager can help.")
        )
    for hindrance in LEAD_VERBS[verb].hindered_by(lead):
        raise RuleBroken(str(hindrance.words))


def _forbidden(candidate: Candidate, viewed: Reach, allowed: Reach) -> str | None:
    whose = candidate.owner_id, candidate.team_id, candidate.territory_id
    if not viewed.covers(*whose):
        return _("There is no such lead.")
    if not allowed.covers(*whose):
        return _("Your role does not allow this for this lead. Its owner's sales manager can help.")
    return None
