"""Who may hand over what, from whom, to whom (PPL-1)."""

from django.db import models

from leadline.handovers.models import Handover, Sheet
from leadline.handovers.registry import owned_kinds, reached_people
from leadline.people.models import User
from leadline.people.policies import may_manage_people


def may_hand_over(user: User) -> bool:
    """Whether a role allows to assign any kind of record that can be handed over."""
    return user.is_system or any(user.may(owned.kind, "assign") for owned in owned_kinds())


def may_let_go(user: User) -> bool:
    """Hand over for somebody who leaves, which also ends that person's access."""
    return may_hand_over(user) and may_manage_people(user)


def people_within_reach(user: User) -> models.QuerySet[User]:
    """From whom this person may hand over anything; also who left, but never the house."""
    return User.objects.filter(reached_people(user, "pk", "team"), is_system=False)


def may_accept(user: User, sheet: Sheet) -> bool:
    """Nobody else can say that the new owner has read it."""
    return sheet.owner_id == user.pk


def may_call_off(user: User, handover: Handover) -> bool:
    """Who planned it, and an administrator."""
    return handover.started_by_id == user.pk or may_manage_people(user)
