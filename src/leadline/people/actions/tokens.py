"""Tokens: keys for programs that act as a person (INT-2)."""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.people import policies
from leadline.people.events import TokenCreated, TokenRevoked
from leadline.people.models import Token, User

LONGEST_DAYS = 730
_SCOPE = re.compile(r"[a-z][a-z-]{0,40}(:(read|write))?")


@action
def create_token(
    user: User, *, name: str = "", scopes: Iterable[str] = (), days: int | None = None, by: Actor
) -> str:
    """Make a token for a program that acts as this user; returned once, only its digest is kept (INT-2).

    `scopes` narrow what it may do (`read`, `customers:write`); none means all that the user may. It holds
    for some `days`, or until it is revoked. Raises `RuleBroken` for a scope or a number that can't be meant.
    """
    require(policies.may_make_token(by.user, user))
    chosen = sorted(set(scopes))
    for scope in chosen:
        if not _SCOPE.fullmatch(scope):
            message = _("A scope is “read”, “write”, or like “customers:read”, not “%(value)s”.")
            raise RuleBroken(message % {"value": scope[:60]}, field="scopes", value=scope)
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        message = _("A token holds from 1 to %(most)s days.") % {"most": LONGEST_DAYS}
        raise RuleBroken(message, field="days", value=days)
    secret = "ll_" + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        name=name,
        scopes=chosen,
        digest=digest_of(secret),
        expires_at=now() + timedelta(days=days) if days else None,
    )
    publish(TokenCreated(token_id=token.pk, scopes=tuple(chosen)), by=by, about=[user])
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
