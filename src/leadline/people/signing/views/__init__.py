"""The pages of signing in."""

from leadline.people.signing.views.codes import (
    begin_code_app,
    code_app,
    make_recovery_codes,
    remove_code_app,
)
from leadline.people.signing.views.confirming import confirm
from leadline.people.signing.views.entrance import sign_in, sign_out
from leadline.people.signing.views.inviting import (
    accept_invitation,
    invitations,
    invite_again,
    withdraw_invitation,
)
from leadline.people.signing.views.new_email import ask_for_new_email, confirm_new_email
from leadline.people.signing.views.of_user import reset_second_factor, sign_out_user, signing_of_user
from leadline.people.signing.views.passkeys import (
    add_passkey,
    confirm_by_passkey,
    remove_passkey,
    second_step_by_passkey,
    sign_in_by_passkey,
)
from leadline.people.signing.views.providers import add_provider, change_provider, remove_provider
from leadline.people.signing.views.recovering import forgot, recover
from leadline.people.signing.views.rules import signing_rules
from leadline.people.signing.views.second_step import factor_needed, second_step
from leadline.people.signing.views.security import (
    change_own_password,
    end_session,
    security,
    sign_out_elsewhere,
    sign_out_everywhere,
)
from leadline.people.signing.views.single_sign_on import sign_in_back, sign_in_with
from leadline.people.signing.views.viewing import begin_viewing, end_viewing

__all__ = [
    "accept_invitation",
    "add_passkey",
    "add_provider",
    "ask_for_new_email",
    "begin_code_app",
    "begin_viewing",
    "change_own_password",
    "change_provider",
    "code_app",
    "confirm",
    "confirm_by_passkey",
    "confirm_new_email",
    "end_session",
    "end_viewing",
    "factor_needed",
    "forgot",
    "invitations",
    "invite_again",
    "make_recovery_codes",
    "recover",
    "remove_code_app",
    "remove_passkey",
    "remove_provider",
    "reset_second_factor",
    "second_step",
    "second_step_by_passkey",
    "security",
    "sign_in",
    "sign_in_back",
    "sign_in_by_passkey",
    "sign_in_with",
    "sign_out",
    "sign_out_elsewhere",
    "sign_out_everywhere",
    "sign_out_user",
    "signing_of_user",
    "signing_rules",
    "withdraw_invitation",
]
