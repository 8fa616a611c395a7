"""Handing leads to an owner: one, many, spread evenly; two managers at once never assign twice (LEA-7)."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from leadline.assignment.actions import keep_by_hand
from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.events import publish_each
from leadline.core.refusals import RuleBroken
from leadline.customers.actions.picking import Done
from leadline.leads.actions.picking import Candidate, Rule, one, pick, within
from leadline.leads.actions.side import follow
from leadline.leads.events import LeadsAssigned
from leadline.leads.models import Lead
from leadline.leads.queries.settings import stages_by_key
from leadline.people.models import User
from leadline.people.queries import chosen_people
from leadline.people.working.loads import count_of

# A new lead that gets an owner is assigned; one that loses its owner before anybody worked on it is new.
_HAND_OVER = """
UPDATE leads_lead lead
   SET owner_id = given.owner_id, team_id = given.team_id, assigned_at = %(now)s, updated_at = %(now)s,
       version = lead.version + 1, stage_id = moved.stage_id,
       stage_since = CASE WHEN moved.stage_id = lead.stage_id THEN lead.stage_since ELSE %(now)s END
  FROM unnest(%(ids)s::bigint[], %(owners)s::bigint[], %(teams)s::bigint[]) given (id, owner_id, team_id)
  JOIN leads_lead before ON before.id = given.id
  CROSS JOIN LATERAL (
       SELECT CASE WHEN before.stage_id = %(new)s AND given.owner_id IS NOT NULL THEN %(assigned)s
                   WHEN before.stage_id = %(assigned)s AND given.owner_id IS NULL THEN %(new)s
                   ELSE before.stage_id END AS stage_id) moved
 WHERE lead.id = given.id
   AND (lead.owner_id IS DISTINCT FROM given.owner_id OR lead.team_id IS DISTINCT FROM given.team_id)
RETURNING lead.id, lead.owner_id
"""


@action
def assign_leads(
    ids: Iterable[int], *, owner: User | None, seen_at: datetime | None = None, by: Actor
) -> Done:
    """Make somebody the owner of leads, or nobody; the leads move to the owner's team.

    `seen_at` is when the actor saw whose they were: a lead that somebody else assigned since is refused with
    that owner's name, so that of two managers at once each lead follows one (LEA-7). Raises `RuleBroken` when
    the new owner has left or is beyond the actor's reach.
    """
    require(_may_assign(by), _("Your role can't assign leads; a sales manager can."))
    _require_may_receive([owner] if owner else [], by)
    picked, done = pick(ids, "assign", _not_since(seen_at), by=by)
    return _by_hand(picked, {each.id: owner for each in picked}, done, by)


@action
def spread_leads(
    ids: Iterable[int], *, among: Sequence[User], seen_at: datetime | None = None, by: Actor
) -> Done:
    """Spread leads evenly: each goes to whoever has the fewest open leads at that moment (LEA-7)."""
    require(_may_assign(by), _("Your role can't assign leads; a sales manager can."))
    if not among:
        raise RuleBroken(_("Choose at least one person."), field="among")
    _require_may_receive(among, by, field="among")
    picked, done = pick(ids, "assign", _not_since(seen_at), by=by)
    return _by_hand(picked, _dealt(picked, among), done, by)


@action
def deal_leads(
    ids: Iterable[int],
    *,
    decide: Callable[[Sequence[int]], Mapping[int, int | None]],
    seen_at: datetime | None = None,
    unowned: bool = False,
    by: Actor,
) -> Done:
    """Give leads the owners that `decide` says when they are locked: what rules of assignment do (LEA-7).

    Whom the rules chose may be beyond the actor's teams; the leads may not. `unowned` leaves alone what has
    an owner by now. A lead that nobody is said for stays as it is.
    """
    require(_may_assign(by), _("Your role can't assign leads; a sales manager can."))
    picked, done = pick(ids, "assign", _not_since(seen_at), by=by)
    chosen = chosen_people(decide([each.id for each in picked if not unowned or each.owner_id is None]))
    return _give(chosen, done, by)


@action
def assign_lead(lead: Lead, *, owner: User | None, seen_at: datetime | None = None, by: Actor) -> Lead:
    """Make somebody the owner of one lead."""
    return one(lead, assign_leads([lead.pk], owner=owner, seen_at=seen_at, by=by))


def _may_assign(by: Actor) -> bool:
    return by.user.is_system or by.user.may("lead", "assign")


def _dealt(picked: Sequence[Candidate], among: Sequence[User]) -> dict[int, User | None]:
    """Each lead's owner, the least laden first; those that one of them has already stay and count once."""
    people = {user.pk: user for user in among}
    loads = dict(User.objects.filter(pk__in=people).values_list("pk", count_of("lead")))
    laden = [(loads.get(pk, 0), pk) for pk in sorted(people)]
    heapq.heapify(laden)
    dealt: dict[int, User | None] = {}
    for candidate in picked:
        if candidate.owner_id in people:
            dealt[candidate.id] = people[candidate.owner_id]
            continue
        load, pk = heapq.heappop(laden)
        dealt[candidate.id] = people[pk]
        heapq.heappush(laden, (load + 1, pk))
    return dealt


def _by_hand(picked: Sequence[Candidate], owners: Mapping[int, User | None], done: Done, by: Actor) -> Done:
    """The same, kept as what somebody decided without rules."""
    done = _give(owners, done, by)
    before = {each.id: each.owner_id for each in picked}
    keep_by_hand("lead", owners, changed=done.changed, before=before, by=by)
    return done


def _give(owners: Mapping[int, User | None], done: Done, by: Actor) -> Done:
    """The leads are locked, in the order of their keys."""
    stages = stages_by_key()
    with connection.cursor() as cursor:
        cursor.execute(
            _HAND_OVER,
            {
                "ids": list(owners),
                "owners": [owner.pk if owner else None for owner in owners.values()],
                "teams": [owner.team_id if owner else None for owner in owners.values()],
                "new": stages["new"],
                "assigned": stages["assigned"],
                "now": now(),
            },
        )
        changed = dict(cursor.fetchall())
    follow(changed)
    done.changed = sorted(changed)
    done.unchanged = len(owners) - len(changed)
    sets: dict[int | None, list[int]] = defaultdict(list)
    for key in done.changed:
        sets[changed[key]].append(key)
    publish_each(
        [(LeadsAssigned(owner_id=owner_id, count=len(ids)), {"lead": ids}) for owner_id, ids in sets.items()],
        by=by,
    )
    return done


def _not_since(seen_at: datetime | None) -> Rule:
    """Who was assigned after the actor looked is not assigned again; told whose it is now."""
    names: dict[int, str] = {}

    def rule(candidate: Candidate) -> str | None:
        if seen_at is None or candidate.assigned_at is None or candidate.assigned_at <= seen_at:
            return None
        owner = candidate.owner_id
        if owner is None:
            return _("Somebody else took it from its owner in the meantime.")
        if owner not in names:
            names[owner] = str(User.objects.get(pk=owner))
        return _("It was assigned to %(owner)s in the meantime.") % {"owner": names[owner]}

    return rule


def _require_may_receive(people: Sequence[User], by: Actor, field: str = "owner") -> None:
    allowed = within("assign", by)
    for person in people:
        if not person.is_active:
            raise RuleBroken(_("%(name)s has left and can't own leads.") % {"name": person}, field=field)
        if not allowed.covers(person.pk, person.team_id):
            message = _(
                "You can assign leads to people of your own teams only. An administrator can do more."
            )
            raise RuleBroken(message, field=field)
