"""The pages of this app."""

from leadline.people.views.organisation import settings
from leadline.people.views.own import create_token, me, revoke_token
from leadline.people.views.teams import add_team, change_team, remove_team, roles, teams
from leadline.people.views.users import add_user, change_user, set_user_password, user_options, users

__all__ = [
    "add_team",
    "add_user",
    "change_team",
    "change_user",
    "create_token",
    "me",
    "remove_team",
    "revoke_token",
    "roles",
    "set_user_password",
    "settings",
    "teams",
    "user_options",
    "users",
]
