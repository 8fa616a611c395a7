"""Tokens: keys for programs that act as a person (INT-2)."""

import hashlib
import secrets
from collections.abc import Iterable

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.people import policies
from leadline.people.events import TokenCreated, TokenRevoked
from leadline.people.models import Token, User


@action
def create_token(user: User, *, name: str = "", scopes: Iterable[str] = (), by: Actor) -> str:
    """Make a token for a program that acts as this user; returned once, only its digest is kept (INT-2)."""
    require(policies.may_make_token(by.user, user))
    secret = "ll_" + secrets.token_urlsafe(32)
    given = list(scopes)
    token = Token.objects.create(user=user, name=name, scopes=given, digest=digest_of(secret))
    publish(TokenCreated(token_id=token.pk, scopes=tuple(given)), by=by, about=[user])
    return secret


@action
def revoke_token(token: Token, *, by: Actor) -> Token:
    """Make a token useless at once."""
    require(policies.may_make_token(by.user, token.user))
    token = lock(token)
    token.revoked_at = token.revoked_at or now()
    token.save(update_fields=["revoked_at"])
    publish(TokenRevoked(token_id=token.pk), by=by, about=[token.user])
    return token


@action
def note_use_of_token(token: Token, *, by: Actor) -> None:
    """Keep the day on which a token was last used, so that forgotten ones can be found and revoked."""
    Token.objects.filter(pk=token.pk).update(last_used_on=now().date())


def digest_of(secret: str) -> str:
    """What is kept of a token: a secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
