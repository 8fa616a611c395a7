"""Background work of this app."""

from leadline.people.signing import tasks as signing

REGISTERED = (
    signing.note_failed_sign_in,
    signing.send_recovery,
    signing.tidy_sessions,
)  # by being imported here
