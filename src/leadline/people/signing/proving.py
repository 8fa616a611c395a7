"""What is asked of a passkey, and whether what a browser shows is one of ours (WebAuthn level 2)."""

import json
from datetime import datetime, timedelta
from typing import Any

import webauthn
from django.http import HttpRequest
from django.utils.translation import gettext as _
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.organisation import organisation
from leadline.core.refusals import RuleBroken
from leadline.people.models import User
from leadline.people.signing.actions.once import spend_once
from leadline.people.signing.models import Passkey

KEY = "challenges"  # in the signed cookie: those of the pages that were opened last
LAST = timedelta(minutes=10)
_OPEN_PAGES = 4
LONGEST = 20_000  # letters of an answer


def to_register(request: HttpRequest, user: User) -> str:
    """What a browser needs to make a new passkey for this person, as JSON."""
    options = webauthn.generate_registration_options(
        rp_id=_site(request),
        rp_name=organisation().name,
        user_id=f"user:{user.pk}".encode(),
        user_name=user.email,
        user_display_name=user.name,
        exclude_credentials=_described(user),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    _remember(request, options.challenge)
    return options_to_json(options)


def to_show(request: HttpRequest, user: User | None = None) -> str:
    """What a browser needs to show a passkey: one of this person's, or any that it keeps for this site."""
    verification = UserVerificationRequirement.PREFERRED if user else UserVerificationRequirement.REQUIRED
    options = webauthn.generate_authentication_options(
        rp_id=_site(request),
        allow_credentials=_described(user) if user else None,
        user_verification=verification,
    )
    _remember(request, options.challenge)
    return options_to_json(options)


def registered(request: HttpRequest, answer: str) -> Any:
    """The verified new passkey of an answer. Raises `RuleBroken` for anything else."""
    given = _read(answer)
    try:
        return webauthn.verify_registration_response(
            credential=given,
            expected_challenge=_expected(request, given),
            expected_rp_id=_site(request),
            expected_origin=_origin(request),
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise _unfit() from wrong


def shown(request: HttpRequest, answer: str, *, of: User | None = None) -> tuple[Passkey, Any]:
    """The passkey that an answer proves, and the proof. Raises `RuleBroken` for anything else.

    Without `of` the passkey says alone who it is, so the device must have verified its owner.
    """
    given = _read(answer)
    try:
        passkeys = Passkey.objects.select_related("user").filter(user__is_active=True)
        passkey = passkeys.get(
            credential_id=base64url_to_bytes(given["rawId"]), **({"user": of} if of else {})
        )
        proof = webauthn.verify_authentication_response(
            credential=given,
            expected_challenge=_expected(request, given),
            expected_rp_id=_site(request),
            expected_origin=_origin(request),
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=of is None,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, Passkey.DoesNotExist) as wrong:
        raise _unfit() from wrong
    return passkey, proof


def _remember(request: HttpRequest, challenge: bytes) -> None:
    before = list(request.session.get(KEY, []))
    request.session[KEY] = [*before, [bytes_to_base64url(challenge), now().isoformat()]][-_OPEN_PAGES:]


def _expected(request: HttpRequest, given: dict[str, Any]) -> bytes:
    """The challenge that we asked and the answer names, once. Raises ValueError."""
    named = json.loads(base64url_to_bytes(given["response"]["clientDataJSON"]))["challenge"]
    for challenge, at in request.session.get(KEY, []):
        fresh = datetime.fromisoformat(at) > now() - LAST
        if challenge == named and fresh and spend_once(f"challenge:{challenge}", by=Actor(None)):
            return base64url_to_bytes(challenge)
    raise ValueError("not a challenge of ours")


def _read(answer: str) -> dict[str, Any]:
    try:
        given = json.loads(answer) if len(answer) < LONGEST else None
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise _unfit()
    return given


def _described(user: User) -> list[PublicKeyCredentialDescriptor]:
    known = {transport.value for transport in AuthenticatorTransport}
    return [
        PublicKeyCredentialDescriptor(
            id=bytes(passkey.credential_id),
            transports=[AuthenticatorTransport(one) for one in passkey.transports if one in known],
        )
        for passkey in user.passkeys.all()
    ]


def _site(request: HttpRequest) -> str:
    return request.get_host().rsplit(":", 1)[0]


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _unfit() -> RuleBroken:
    return RuleBroken(_("This passkey does not fit, or it took too long. Try again."))
