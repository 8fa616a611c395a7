"""Whom a widget is about, as a condition on the owner of records; the scope of the viewer holds besides."""

from typing import Any

from leadline.people.models import User

OWNER = "owner"


def about_whom(scope: str, person: int | None, user: User) -> dict[str, Any] | None:
    """The condition; None where a widget is about all that somebody sees. Who is in no team is all of it."""
    if scope == "me":
        return {"field": OWNER, "op": "is_me"}
    if scope == "person":
        return {"field": OWNER, "op": "in", "value": [person]} if person else None
    if scope == "team":
        return {"field": OWNER, "op": "in", "value": _members(user)}
    return None


def _members(user: User) -> list[int]:
    """Those who are in the teams that somebody manages, else in one's own; oneself in any case."""
    teams = [team for team in user.grants.managed_teams or (user.team_id,) if team]
    found = User.objects.active().filter(team_id__in=teams).values_list("pk", flat=True)
    return sorted({user.pk, *found})[:1000]
