"""Whether an ID token is of this provider, for us, and answers our question (OpenID Connect Core 3.1.3.7)."""

import secrets
from math import inf
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError

from leadline.core.clock import now
from leadline.people.signing.oidc.discovery import Endpoints, keys_of
from leadline.people.signing.oidc.fetching import ProviderFailed

# By key pair only: never "none", never by a secret that we share.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY = 60  # seconds that clocks may differ
LONGEST = 20_000


def verified(token: str, endpoints: Endpoints, client_id: str, nonce: str) -> dict[str, Any]:
    """The claims of an ID token. Raises `ProviderFailed` for any that does not fit."""
    claims = _signed(token, endpoints)
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    moment = now().timestamp()
    rules = {
        "issuer": claims.get("iss") == endpoints.issuer,
        "audience": client_id in audiences,
        "party": len(audiences) == 1 or claims.get("azp") == client_id,
        "end": _moment(claims.get("exp"), -inf) > moment - LEEWAY,
        "beginning": _moment(claims.get("iat"), inf) < moment + LEEWAY,
        "nonce": secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()),
        "subject": isinstance(claims.get("sub"), str) and 0 < len(claims["sub"]) <= 255,
    }
    broken = [name for name, holds in rules.items() if not holds]
    if broken:
        raise ProviderFailed(f"the token's {', '.join(broken)} does not fit")
    return claims


def _signed(token: str, endpoints: Endpoints) -> dict[str, Any]:
    """The claims of a token that one of the provider's keys signed; a new key is fetched once."""
    if not token or len(token) > LONGEST:
        raise ProviderFailed("no token")
    for anew in (False, True):
        try:
            return dict(jwt.decode(token, keys_of(endpoints, anew=anew), algorithms=ALGORITHMS).claims)
        except (JoseError, ValueError, TypeError, KeyError) as wrong:
            if anew:
                raise ProviderFailed(f"the token's signature does not fit: {wrong}") from wrong
    raise AssertionError("unreachable")


def _moment(value: Any, otherwise: float) -> float:
    """Seconds since 1970; `otherwise` for what is no number."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number else otherwise
