"""The way to a provider and back: state, nonce and PKCE are kept in the signed cookie and count once."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.people.signing.actions.once import spend_once
from leadline.people.signing.models import Provider
from leadline.people.signing.oidc.discovery import discover
from leadline.people.signing.oidc.fetching import ProviderFailed, get, post
from leadline.people.signing.oidc.verifying import verified

KEY = "single_sign_on"
LASTS = timedelta(minutes=15)


@dataclass(frozen=True)
class Claims:
    """What a provider says about somebody, verified; an e-mail only if the provider verified it."""

    subject: str
    email: str
    name: str
    all: dict[str, Any]


def address_to_ask(request: HttpRequest, provider: Provider, on: str) -> str:
    """Where the browser goes; what comes back must fit to what is kept here. Raises `ProviderFailed`."""
    endpoints = discover(provider.issuer)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _part in range(3))
    request.session[KEY] = [provider.key, state, nonce, verifier, on, now().isoformat()]
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": address_back(provider.key),
        "scope": "openid email profile",
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in endpoints.authorization else "?"
    return f"{endpoints.authorization}{joint}{urlencode(asked)}"


def answered(request: HttpRequest, provider: Provider) -> tuple[Claims, str]:
    """Who came back, and the page that was wanted. Raises `ProviderFailed` for all that does not fit."""
    key, state, nonce, verifier, on, at = request.session.pop(KEY, [""] * 6)
    given = request.GET.get("state", "")
    fits = bool(state) and key == provider.key and secrets.compare_digest(given.encode(), state.encode())
    if not fits or datetime.fromisoformat(at) < now() - LASTS:
        raise ProviderFailed("an answer that nobody waits for")
    if not spend_once(f"state:{state}", by=Actor(None)):
        raise ProviderFailed("an answer that came before")
    if "code" not in request.GET:
        raise ProviderFailed(f"refused: {request.GET.get('error', '')[:100]}")
    return _claims(provider, request.GET["code"], nonce, verifier), on


def address_back(key: str) -> str:
    """Where the provider sends the browser back to; it must be known there."""
    return urljoin(settings.LEADLINE_URL, reverse("people:sign_in_back", args=[key]))


def _claims(provider: Provider, code: str, nonce: str, verifier: str) -> Claims:
    endpoints = discover(provider.issuer)
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": address_back(provider.key),
        "client_id": provider.client_id,
        "code_verifier": verifier,
    }
    tokens = post(endpoints.token, asked, user=provider.client_id, password=provider.client_secret)
    claims = verified(str(tokens.get("id_token", "")), endpoints, provider.client_id, nonce)
    if "email" not in claims and endpoints.userinfo and tokens.get("access_token"):
        more = get(endpoints.userinfo, bearer=str(tokens["access_token"]))
        if more.get("sub") != claims["sub"]:
            raise ProviderFailed("the information is about somebody else")
        claims = {**more, **claims}
    is_verified = claims.get("email_verified") is True
    email = str(claims.get("email", "")) if is_verified else ""
    return Claims(claims["sub"], email, str(claims.get("name") or email.partition("@")[0]), claims)
