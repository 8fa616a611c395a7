"""Teams stand in a tree (PPL-3)."""

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.refusals import RuleBroken
from leadline.people import policies
from leadline.people.actions.rules import alone, given
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
def remove_team(team: Team, *, by: Actor) -> None:
    """Take a team away that nothing stands in any more."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    alone("people.teams")
    team = lock(team)
    in_the_way = [*team.children.order_by("name")[:NAMED], *team.members.order_by("name")[:NAMED]]
    if in_the_way:
        names = ", ".join(str(each) for each in in_the_way[:NAMED])
        raise RuleBroken(
            _("Move its members and the teams below it elsewhere first: %(names)s.") % {"names": names}
        )
    try:
        team.delete()
    except ProtectedError as error:
        raise RuleBroken(_("Records still belong to this team; hand them to another one first.")) from error


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
