"""Teams stand in a tree (PPL-3)."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, lock_all, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.people import policies
from leadline.people.actions.rules import alone, given
from leadline.people.events import TeamArchived, UserChangedTeam
from leadline.people.models import Team, User

# So many of those who stand in the way are named.
NAMED = 10


@action
def add_team(*, name: str, parent: Team | None = None, manager: User | None = None, by: Actor) -> Team:
    """Make a team (PPL-3)."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    return Team.objects.create(name=given(name), parent=parent, manager=manager)


@action
def change_team(team: Team, *, name: str, parent: Team | None, manager: User | None, by: Actor) -> Team:
    """Rename a team, give it another manager or move it, with all below it, to another place in the tree."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    alone("people.teams")
    team = lock(team)
    _require_no_circle(team, parent)
    team.name, team.parent, team.manager = given(name), parent, manager
    team.save(update_fields=["name", "parent", "manager"])
    return team


@action
def archive_team(team: Team, *, into: Team, by: Actor) -> Team:
    """Close a team: its people go to another one, their customers follow, the teams below move up (PPL-3)."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    alone("people.teams")
    locked = {each.pk: each for each in lock_all(Team.objects.filter(pk__in=[team.pk, into.pk]))}
    team, into = locked[team.pk], locked[into.pk]
    if team == into or into.archived_at is not None:
        raise RuleBroken(_("Choose another team that is in use."), field="into", value=into.pk)
    if team.archived_at is not None:
        raise RuleBroken(_("This team is archived already."))
    members = lock_all(User.objects.filter(team=team))
    User.objects.filter(pk__in=[member.pk for member in members]).update(team=into)
    team.children.update(parent=team.parent)
    team.archived_at, team.manager = now(), None
    team.save(update_fields=["archived_at", "manager"])
    for member in members:
        publish(UserChangedTeam(user_id=member.pk, team_id=into.pk), by=by, about=[member])
    publish(TeamArchived(team_id=team.pk, into_id=into.pk), by=by, about=[team, into])
    return team


@action
def restore_team(team: Team, *, by: Actor) -> Team:
    """Use an archived team again; nobody is in it yet."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    team = lock(team)
    team.archived_at = None
    team.save(update_fields=["archived_at"])
    return team


@action
def remove_team(team: Team, *, by: Actor) -> None:
    """Take a team away to which nothing belongs any more; what stands in the way is named."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    alone("people.teams")
    team = lock(team)
    in_the_way = [*team.children.order_by("name")[:NAMED], *team.members.order_by("name")[:NAMED]]
    if in_the_way:
        names = ", ".join(str(each) for each in in_the_way[:NAMED])
        raise RuleBroken(
            _("Move its members and the teams below it elsewhere first: %(names)s.") % {"names": names}
        )
    records = [str(each) for each in _records_of(team, by.user)]
    try:
        team.delete()
    except ProtectedError as error:
        message = _(
            "Records still belong to this team%(names)s. Archive it instead: they move to another team."
        )
        names = f" ({', '.join(records[:NAMED])})" if records else ""
        raise RuleBroken(message % {"names": names}) from error


def usable(team: Team | None) -> Team | None:
    """The team, when somebody can be in it. Raises `RuleBroken` for an archived one."""
    if team is not None and team.archived_at is not None:
        raise RuleBroken(_("“%(name)s” is archived.") % {"name": team}, field="team", value=team.pk)
    return team


def _records_of(team: Team, viewer: User) -> Iterator[models.Model]:
    """Some of what belongs to a team on higher floors, as far as this person sees it."""
    for relation in Team._meta.related_objects:
        rows: Any = relation.related_model._default_manager.filter(**{relation.field.name: team})
        if relation.related_model not in (Team, User) and hasattr(rows, "visible_to"):
            yield from rows.visible_to(viewer).order_by("pk")[:NAMED]


def _require_no_circle(team: Team, parent: Team | None) -> None:
    """Nobody is above and below the same team: go up from the new parent, one step a level."""
    while parent is not None:
        if parent.pk == team.pk:
            raise RuleBroken(
                _("“%(team)s” would stand below itself. Choose a team that is not below it.")
                % {"team": team},
                field="parent",
            )
        parent = parent.parent
