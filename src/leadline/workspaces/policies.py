"""Who may arrange which dashboard."""

from leadline.people.models import Role, Team, User
from leadline.workspaces.provided import PROVIDED


def may_arrange_for_roles(user: User) -> bool:
    """Whoever manages the settings arranges dashboards for everybody of a role; for oneself everybody may."""
    return user.is_system or user.may("settings", "manage")


def may_share_with(user: User, *, team: Team | None = None, role: Role | None = None) -> bool:
    """Show a dashboard of one's own to a team or a role: whoever shares views there (CUS-5)."""
    scope = "all" if user.is_system else user.grants.scope("saved_view", "share")
    if role is not None:
        return scope == "all"
    return scope == "all" or (team is not None and scope == "team" and team.pk in _teams_of(user))


def teams_to_share_with(user: User) -> list[Team]:
    """The teams to which somebody may show dashboards."""
    return [team for team in Team.objects.in_use().order_by("name") if may_share_with(user, team=team)]


def roles_to_share_with(user: User) -> list[Role]:
    """The roles to which somebody may show dashboards."""
    return [role for role in Role.objects.in_use() if may_share_with(user, role=role)]


def _teams_of(user: User) -> set[int | None]:
    return {*user.grants.managed_teams, user.team_id}


def has_dashboards(user: User) -> bool:
    """Whether any of the roles comes with a dashboard."""
    held = set(user.grants.roles)
    return "administrator" in held or any(held & set(each.roles) for each in PROVIDED)
