"""Secrets that we hand out, and what we keep of them."""

import hashlib
import secrets


def new_secret() -> str:
    """256 random bits, fit for addresses and cookies."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a random secret: so many bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
