"""What is done in signing in."""

from leadline.people.signing.actions.failing import note_failed_sign_in
from leadline.people.signing.actions.rules import change_signing_rules
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

__all__ = [
    "begin_session",
    "change_signing_rules",
    "charge",
    "confirm_person",
    "end_session",
    "forgive",
    "note_failed_sign_in",
    "note_presence",
    "remove_old_sessions",
    "renew_session",
    "sign_out",
    "sign_out_everywhere",
]
