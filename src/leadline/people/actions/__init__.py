"""What is done with users, roles, teams, tokens and the organisation."""

from leadline.people.actions.leaving import let_go
from leadline.people.actions.organisation import change_organisation, set_up
from leadline.people.actions.own import change_own_password, change_own_profile, choose_own_language
from leadline.people.actions.provisioning import deprovision_user, provision_user
from leadline.people.actions.roles import (
    bring_back_role,
    clone_role,
    edit_role,
    provide_roles,
    reset_role,
    retire_role,
)
from leadline.people.actions.teams import add_team, archive_team, change_team, remove_team, restore_team
from leadline.people.actions.tokens import (
    create_token,
    digest_of,
    note_use_of_token,
    revoke_token,
)
from leadline.people.actions.users import add_user, change_user, set_user_password

__all__ = [
    "add_team",
    "add_user",
    "archive_team",
    "bring_back_role",
    "change_organisation",
    "change_own_password",
    "change_own_profile",
    "change_team",
    "change_user",
    "choose_own_language",
    "clone_role",
    "create_token",
    "deprovision_user",
    "digest_of",
    "edit_role",
    "let_go",
    "note_use_of_token",
    "provide_roles",
    "provision_user",
    "remove_team",
    "reset_role",
    "restore_team",
    "retire_role",
    "revoke_token",
    "set_up",
    "set_user_password",
]
