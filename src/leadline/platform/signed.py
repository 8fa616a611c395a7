"""Which key a message was signed with: what lets the platform in without a token (PLT-2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.secrets.signatures import is_of_now, is_signed, signed_text
from leadline.platform.actions import note_key_used
from leadline.platform.models import IngestKey, forget_ingest_keys, ingest_keys

HEADER = "webhook-signature"
LONGEST = 2_000
A_WHILE = timedelta(minutes=1)


def key_of_message(headers: Mapping[str, str], body: bytes, *, by: Actor) -> IngestKey | None:
    """The key in force that signed a message; None for a bad signature, or one of more than five minutes ago.

    What is sent again within these minutes does nothing: each event counts once.
    """
    given, message, moment = (
        headers.get(name, "")[:LONGEST] for name in (HEADER, "webhook-id", "webhook-timestamp")
    )
    if not message or not is_of_now(moment, now()):
        return None
    text = signed_text(message, moment, body)
    for key in ingest_keys():
        if is_signed(given, text, _secrets(key)):
            _note(key, by)
            return key
    return None


def _secrets(key: IngestKey) -> list[str]:
    """The secret, and for a day after it was renewed the one before."""
    still = key.old_secret and key.old_secret_until and key.old_secret_until > now()
    return [key.secret, *([key.old_secret] if still else [])]


def _note(key: IngestKey, by: Actor) -> None:
    if key.last_used_at is None or now() - key.last_used_at > A_WHILE:
        note_key_used(key, by=by)
        forget_ingest_keys()
