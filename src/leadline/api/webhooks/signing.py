"""Signatures as the open specification Standard Webhooks has them, so that receivers find ready code.

The signed text is `id.timestamp.body`; the header holds one `v1,` signature for each secret in force.
"""

import base64
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from leadline.api.models import Webhook


def signed_headers(secrets: Sequence[str], message_id: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """The headers that tell which message this is, when it was sent, and that it is ours."""
    moment = str(int(at.timestamp()))
    text = f"{message_id}.{moment}.".encode() + body
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{signature(secret, text)}" for secret in secrets),
    }


def signature(secret: str, text: bytes) -> str:
    """HMAC-SHA256 in base64; the secret is `whsec_` and base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.digest(key, text, sha256)).decode()


def secrets_of(webhook: Webhook, at: datetime) -> list[str]:
    """The secret, and for a day after it was renewed the one before."""
    still = bool(webhook.old_secret and webhook.old_secret_until and webhook.old_secret_until > at)
    return [webhook.secret, *([webhook.old_secret] if still else [])]
