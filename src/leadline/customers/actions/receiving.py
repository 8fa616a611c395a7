"""Who may become the owner of what comes in or changes, and which team that brings."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.drafts import Draft
from leadline.core.refusals import RuleBroken
from leadline.people.models import User
from leadline.people.scope import Reach, reach


@dataclass(frozen=True)
class Receiving:
    """The owners that drafts name, with their teams; `default` owns what names nobody."""

    teams: dict[int, int | None]
    within: Reach
    default: int | None

    def owner_and_team(self, draft: Draft) -> tuple[int | None, int | None]:
        """Owner and team of a new customer."""
        owner = draft.values.get("owner") or self.default
        return owner, self.teams.get(owner) if owner else None

    def broken_by(self, draft: Draft) -> tuple[RuleBroken, ...]:
        """The refusal of an owner to whom this person may not hand customers."""
        owner = draft.values.get("owner")
        if not owner or owner == self.default or self.within.covers(owner, self.teams.get(owner)):
            return ()
        message = _("You can't hand records to this person; a manager of their team can.")
        return (RuleBroken(message, field="owner", value=owner),)


def receiving(drafts: Iterable[Draft], by: Actor, kind: str = "customer") -> Receiving:
    """Read the owners of a set of drafts in one query, none when they name nobody.

    Whoever works with own or team records of the kind owns those that name nobody; for others they stay
    without owner.
    """
    sees_all = by.user.is_system or reach(by.user, kind, "view").everything
    default = None if sees_all else by.user.pk
    named = {draft.values["owner"] for draft in drafts if draft.values.get("owner")}
    within = Reach(everything=True) if by.user.is_system else reach(by.user, kind, "assign")
    return Receiving(_teams_of(named) | {by.user.pk: by.user.team_id}, within, default)


def _teams_of(users: set[int]) -> dict[int, int | None]:
    owners = User.objects.active().filter(pk__in=users) if users else User.objects.none()
    return dict(owners.values_list("pk", "team_id"))
