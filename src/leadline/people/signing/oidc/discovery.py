"""What a provider says of itself, and its keys; both kept for an hour, keys renewed when one is unknown."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from joserfc.jwk import KeySet

from leadline.people.signing.oidc.fetching import ProviderFailed, get, is_safe

KEPT = 3600  # seconds
AGAIN_AFTER = 60  # seconds between two fetches of keys that were not asked for by time


@dataclass(frozen=True)
class Endpoints:
    """Where a provider is asked."""

    issuer: str
    authorization: str
    token: str
    userinfo: str
    keys: str


def discover(issuer: str) -> Endpoints:
    """The endpoints of an issuer. Raises `ProviderFailed` for one that names itself otherwise."""
    kept = cache.get(f"oidc:{issuer}")
    if kept:
        return kept
    found = get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if str(found.get("issuer", "")).rstrip("/") != issuer.rstrip("/"):
        raise ProviderFailed(f"{issuer} calls itself {str(found.get('issuer'))[:200]}")
    endpoints = Endpoints(
        issuer=str(found["issuer"]),
        authorization=_safe(found, "authorization_endpoint"),
        token=_safe(found, "token_endpoint"),
        userinfo=_safe(found, "userinfo_endpoint") if found.get("userinfo_endpoint") else "",
        keys=_safe(found, "jwks_uri"),
    )
    cache.set(f"oidc:{issuer}", endpoints, timeout=KEPT)
    return endpoints


def keys_of(endpoints: Endpoints, *, anew: bool = False) -> KeySet:
    """The public keys of a provider; `anew` after it may have changed them, at most once a minute."""
    name = f"oidc-keys:{endpoints.keys}"
    kept = cache.get(name)
    if kept is None or (anew and cache.add(f"{name}:again", True, timeout=AGAIN_AFTER)):
        kept = get(endpoints.keys)
        cache.set(name, kept, timeout=KEPT)
    try:
        return KeySet.import_key_set({"keys": _public(kept)})
    except (ValueError, KeyError, TypeError) as wrong:
        raise ProviderFailed(f"{endpoints.keys}: no keys") from wrong


def _public(found: dict[str, Any]) -> list[Any]:
    """Only keys of key pairs: one shared secret can't sign for a provider."""
    keys = found.get("keys", [])
    return [key for key in keys if isinstance(key, dict) and key.get("kty") in ("RSA", "EC", "OKP")]


def _safe(found: dict[str, Any], name: str) -> str:
    address = str(found.get(name, ""))
    if not is_safe(address):
        raise ProviderFailed(f"{name}: {address[:200]!r}")
    return address
