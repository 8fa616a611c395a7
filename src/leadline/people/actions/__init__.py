"""What is done with users, roles, teams, tokens and the organisation."""

from leadline.people.actions.organisation import change_organisation, set_up
from leadline.people.actions.own import change_own_password, change_own_profile, choose_own_language
from leadline.people.actions.roles import provide_roles
from leadline.people.actions.teams import add_team, change_team, remove_team
from leadline.people.actions.tokens import create_token, digest_of, note_use_of_token, revoke_token
from leadline.people.actions.users import add_user, change_user, set_user_password

__all__ = [
    "add_team",
    "add_user",
    "change_organisation",
    "change_own_password",
    "change_own_profile",
    "change_team",
    "change_user",
    "choose_own_language",
    "create_token",
    "digest_of",
    "note_use_of_token",
    "provide_roles",
    "remove_team",
    "revoke_token",
    "set_up",
    "set_user_password",
]
