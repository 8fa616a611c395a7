"""Signatures as the open specification Standard Webhooks has them, so that others find ready code.

The signed text is `id.timestamp.body`; a signature is HMAC-SHA256 in base64, a secret `whsec_` and base64.
"""

import base64
import hmac
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

HOLDS_FOR = timedelta(minutes=5)


def new_secret() -> str:
    """A secret by chance: 32 bytes."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, text: bytes) -> str:
    """The signature of a text."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.digest(key, text, sha256)).decode()


def signed_text(message_id: str, moment: str, body: bytes) -> bytes:
    """What is signed of a message."""
    return f"{message_id}.{moment}.".encode() + body


def is_signed(given: str, text: bytes, by: Sequence[str]) -> bool:
    """Whether one of the signatures (`v1,… v1,…`) is made with one of the secrets; compared in equal time."""
    return any(
        hmac.compare_digest(one, signature(secret, text)) for secret in by for one in _signatures(given)
    )


def is_of_now(moment: str, at: datetime) -> bool:
    """Whether a message's time (seconds since 1970) is at most five minutes away: nobody replays it later."""
    if not (moment.isascii() and moment.isdigit() and len(moment) < 12):
        return False
    return abs(at.timestamp() - int(moment)) <= HOLDS_FOR.total_seconds()


def _signatures(given: str) -> Iterable[str]:
    """Those of the version that we know, at most as many as there are secrets at a change of keys."""
    parts = (part.partition(",") for part in given.split(" ")[:10])
    return [signature for version, _comma, signature in parts if version == "v1" and signature.isascii()]
