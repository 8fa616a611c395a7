"""The forms of this app."""

from leadline.people.forms.administrator import AdministratorForm
from leadline.people.forms.organisation import OrganisationForm, SettingsForm
from leadline.people.forms.own import PasswordForm, ProfileForm, TokenForm
from leadline.people.forms.roles import CloneRoleForm, NoQuestions, RoleForm
from leadline.people.forms.teams import ArchiveTeamForm, TeamForm
from leadline.people.forms.users import AddUserForm, ChangeUserForm, NewPasswordForm

__all__ = [
    "AddUserForm",
    "AdministratorForm",
    "ArchiveTeamForm",
    "ChangeUserForm",
    "CloneRoleForm",
    "NewPasswordForm",
    "NoQuestions",
    "OrganisationForm",
    "PasswordForm",
    "ProfileForm",
    "RoleForm",
    "SettingsForm",
    "TeamForm",
    "TokenForm",
]
