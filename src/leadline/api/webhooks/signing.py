"""What we send is signed (`core/secrets/signatures`): one `v1,` signature for each secret in force."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from leadline.api.models import Webhook
from leadline.core.secrets.signatures import signature, signed_text


def signed_headers(secrets: Sequence[str], message_id: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """The headers that tell which message this is, when it was sent, and that it is ours."""
    moment = str(int(at.timestamp()))
    text = signed_text(message_id, moment, body)
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{signature(secret, text)}" for secret in secrets),
    }


def secrets_of(webhook: Webhook, at: datetime) -> list[str]:
    """The secret, and for a day after it was renewed the one before."""
    still = bool(webhook.old_secret and webhook.old_secret_until and webhook.old_secret_until > at)
    return [webhook.secret, *([webhook.old_secret] if still else [])]
