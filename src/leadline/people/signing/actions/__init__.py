"""What is done in signing in."""

from leadline.people.signing.actions.codes import (
    begin_code_app,
    confirm_code_app,
    remove_code_app,
    use_code,
)
from leadline.people.signing.actions.failing import note_failed_sign_in
from leadline.people.signing.actions.inviting import (
    accept_invitation,
    invite,
    invite_again,
    withdraw_invitation,
)
from leadline.people.signing.actions.linking import user_of_identity
from leadline.people.signing.actions.new_email import ask_for_new_email, change_own_email
from leadline.people.signing.actions.passkeys import add_passkey, note_use_of_passkey, remove_passkey
from leadline.people.signing.actions.providers import remove_provider, save_provider
from leadline.people.signing.actions.recovering import recover_password, send_recovery
from leadline.people.signing.actions.recovery import (
    make_recovery_codes,
    reset_second_factor,
    use_recovery_code,
)
from leadline.people.signing.actions.rules import change_signing_rules, require_second_factor
from leadline.people.signing.actions.sessions import (
    begin_session,
    confirm_person,
    end_session,
    note_presence,
    remove_old_sessions,
    renew_session,
    sign_out,
    sign_out_everywhere,
)
from leadline.people.signing.actions.throttling import charge, forgive
from leadline.people.signing.actions.viewing import begin_viewing, end_viewing

__all__ = [
    "accept_invitation",
    "add_passkey",
    "ask_for_new_email",
    "begin_code_app",
    "begin_session",
    "begin_viewing",
    "change_own_email",
    "change_signing_rules",
    "charge",
    "confirm_code_app",
    "confirm_person",
    "end_session",
    "end_viewing",
    "forgive",
    "invite",
    "invite_again",
    "make_recovery_codes",
    "note_failed_sign_in",
    "note_presence",
    "note_use_of_passkey",
    "recover_password",
    "remove_code_app",
    "remove_old_sessions",
    "remove_passkey",
    "remove_provider",
    "renew_session",
    "require_second_factor",
    "reset_second_factor",
    "save_provider",
    "send_recovery",
    "sign_out",
    "sign_out_everywhere",
    "use_code",
    "use_recovery_code",
    "user_of_identity",
    "withdraw_invitation",
]
