"""Setting up territories: their names, rules, order and members (PPL-3).

The territories are people's; what lies in them are customers, so whoever changes rules or order starts the
job that puts customers where they belong now. Rules and customers are one change set, and undone together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.changesets import after_undo, start_change
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.jobs import Job
from leadline.core.refusals import RuleBroken
from leadline.customers.queries.territories import rules_of
from leadline.people import policies
from leadline.people.actions.rules import TERRITORIES, alone, given
from leadline.people.events import TerritoriesChanged
from leadline.people.models import Territory, TerritoryMember, User
from leadline.people.queries import territories_in_order

PLACING = "customers.place"


@dataclass(frozen=True)
class Arranged:
    """A territory after a change, and the job that places customers anew where that is needed."""

    territory: Territory
    job: Job | None = None


@action
def add_territory(*, name: str, members: Iterable[User] = (), rules: Any = None, by: Actor) -> Arranged:
    """Make a territory, the last in order. Without rules it takes in only whom somebody puts there."""
    _begin(by)
    understood = rules_of(rules)
    job = None if understood.is_everything else _start(_("New territory: %(name)s") % {"name": name}, by)
    by = by.within(job.change_set_id) if job and job.change_set_id else by
    last = territories_in_order().values_list("position", flat=True).last() or 0
    territory = Territory(name=given(name), position=last + 1, rules=understood.stored)
    return Arranged(_write(territory, members=members, tell=job is not None, by=by), job)


@action
def change_territory(
    territory: Territory,
    *,
    name: str | None = None,
    members: Iterable[User] | None = None,
    rules: Any = None,
    position: int | None = None,
    by: Actor,
) -> Arranged:
    """Change what is given; the rest stays. Other rules or another place in the order place customers anew.

    `position` counts from 1. Raises `RuleBroken` naming the field.
    """
    _begin(by)
    territory = lock(territory)
    understood = rules_of(territory.rules if rules is None else rules)
    order = [each for each in territories_in_order() if each.pk != territory.pk]
    at = territory.position if position is None else max(1, min(position, len(order) + 1))
    moves = position is not None and at != territory.position and territory.retired_at is None
    territory.name = territory.name if name is None else given(name)
    job = None
    if moves or understood.stored != territory.rules:
        job = _start(_("Territory changed: %(name)s") % {"name": territory.name}, by)
        by = by.within(job.change_set_id) if job.change_set_id else by
    territory.rules = understood.stored
    if moves:
        order.insert(at - 1, territory)
        _renumber(order, territory, by=by)
    return Arranged(_write(territory, members=members, tell=job is not None, by=by), job)


@action
def retire_territory(territory: Territory, *, by: Actor) -> Arranged:
    """Take a territory out of use: its customers go where the other rules say."""
    _begin(by)
    territory = lock(territory)
    if territory.retired_at is not None:
        raise RuleBroken(_("This territory is retired already."))
    job = _start(_("Territory retired: %(name)s") % {"name": territory.name}, by)
    territory.retired_at = now()
    return Arranged(_write(territory, tell=True, by=by.within(job.change_set_id or 0)), job)


@action
def restore_territory(territory: Territory, *, by: Actor) -> Arranged:
    """Take a retired territory into use again, the last in order."""
    _begin(by)
    territory = lock(territory)
    if territory.retired_at is None:
        raise RuleBroken(_("This territory is in use."))
    job = _start(_("Territory in use again: %(name)s") % {"name": territory.name}, by)
    territory.retired_at = None
    territory.position = (territories_in_order().values_list("position", flat=True).last() or 0) + 1
    return Arranged(_write(territory, tell=True, by=by.within(job.change_set_id or 0)), job)


@after_undo("territory")
def place_by_the_rules_of_before(ids: list[int], columns: set[str], *, by: Actor) -> None:
    """Rules that were changed back hold for those customers too that were placed meanwhile."""
    if columns & {"rules", "position", "retired_at"}:
        start_change(PLACING, title=_("Place customers by the rules of before"), by=by)


def _begin(by: Actor) -> None:
    """One at a time; whoever places customers right now ends first."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    alone(TERRITORIES)


def _start(title: str, by: Actor) -> Job:
    return start_change(PLACING, title=title, by=by)


@action
def _write(
    territory: Territory, *, members: Iterable[User] | None = None, tell: bool = False, by: Actor
) -> Territory:
    territory.save()
    if members is not None:
        wanted = {member.pk for member in members}
        present = set(territory.memberships.values_list("user_id", flat=True))
        territory.memberships.filter(user_id__in=present - wanted).delete()
        TerritoryMember.objects.bulk_create(
            TerritoryMember(territory=territory, user_id=key) for key in sorted(wanted - present)
        )
    if tell:
        publish(TerritoriesChanged(territory_id=territory.pk), by=by, about=[territory])
    return territory


@action
def _renumber(order: list[Territory], moved: Territory, *, by: Actor) -> None:
    for place, each in enumerate(order, start=1):
        if each.pk == moved.pk:
            moved.position = place
        elif each.position != place:
            each.position = place
            each.save(update_fields=["position"])
