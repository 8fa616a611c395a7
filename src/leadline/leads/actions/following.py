"""Leads stand in the team of their owner, also when the owner moves to another one (PPL-3)."""

from django.db.models import F

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.leads.actions.side import follow
from leadline.leads.models import Lead
from leadline.people.models import User


@action
def follow_owner(owner: User, *, by: Actor) -> int:
    """Move the leads of a person to the person's present team; returns how many moved."""
    places = dict(Lead.objects.filter(owner=owner).values_list("pk", "team_id"))
    return _move([pk for pk, team_id in places.items() if team_id != owner.team_id], owner.team_id)


@action
def leave_team(team_id: int, *, into_id: int, by: Actor) -> int:
    """Move all leads of an archived team to the one that took its people in; returns how many moved."""
    return _move(list(Lead.objects.filter(team_id=team_id).values_list("pk", flat=True)), into_id)


def _move(ids: list[int], team_id: int | None) -> int:
    Lead.objects.filter(pk__in=ids).update(team_id=team_id, updated_at=now(), version=F("version") + 1)
    follow(ids)
    return len(ids)
