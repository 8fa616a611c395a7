"""The pages of this app."""

from leadline.people.views.organisation import settings
from leadline.people.views.own import create_token, me, revoke_token
from leadline.people.views.roles import (
    bring_back_role,
    clone_role,
    reset_role,
    retire_role,
    role,
    role_effect,
    role_second_factor,
    roles,
)
from leadline.people.views.teams import add_team, archive_team, change_team, remove_team, restore_team, teams
from leadline.people.views.users import add_user, change_user, set_user_password, user_options, users

__all__ = [
    "add_team",
    "add_user",
    "archive_team",
    "bring_back_role",
    "change_team",
    "change_user",
    "clone_role",
    "create_token",
    "me",
    "remove_team",
    "reset_role",
    "restore_team",
    "retire_role",
    "revoke_token",
    "role",
    "role_effect",
    "role_second_factor",
    "roles",
    "set_user_password",
    "settings",
    "teams",
    "user_options",
    "users",
]
