"""Who stands behind a token that a program sends (INT-2)."""

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.people.actions import digest_of, note_use_of_token
from leadline.people.models import Token


def token_of(secret: str) -> Token | None:
    """The token with its user; None when it is unknown, expired or revoked, or its user left.

    The day of its last use is kept, written at most once a day.
    """
    if not secret.isascii() or len(secret) > 200:
        return None
    token = Token.objects.select_related("user").filter(digest=digest_of(secret), revoked_at=None).first()
    if token is None or not token.user.is_active or (token.expires_at and token.expires_at <= now()):
        return None
    if token.last_used_on != now().date():
        note_use_of_token(token, by=Actor(token.user, via="api"))
    return token
