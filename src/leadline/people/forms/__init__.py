"""The forms of this app."""

from leadline.people.forms.administrator import AdministratorForm
from leadline.people.forms.organisation import OrganisationForm, SettingsForm
from leadline.people.forms.own import PasswordForm, ProfileForm, TokenForm
from leadline.people.forms.teams import TeamForm
from leadline.people.forms.users import AddUserForm, ChangeUserForm, NewPasswordForm

__all__ = [
    "AddUserForm",
    "AdministratorForm",
    "ChangeUserForm",
    "NewPasswordForm",
    "OrganisationForm",
    "PasswordForm",
    "ProfileForm",
    "SettingsForm",
    "TeamForm",
    "TokenForm",
]
