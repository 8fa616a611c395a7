"""Passkeys: kept, used, removed (PPL-6)."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.people.actions.rules import given
from leadline.people.models import User
from leadline.people.signing.actions.codes import forget_recovery_codes_without_factor, keep_one_if_required
from leadline.people.signing.events import SecondFactorAdded, SecondFactorRemoved
from leadline.people.signing.models import Passkey

MOST = 20


@action
def add_passkey(user: User, *, name: str, verified: Any, transports: list[str], by: Actor) -> Passkey:
    """Keep a passkey that was verified; each device's key once."""
    require(by.user == user)
    if user.passkeys.count() >= MOST:
        raise RuleBroken(_("You have %(most)s passkeys. Remove one that you no longer use.") % {"most": MOST})
    if Passkey.objects.filter(credential_id=verified.credential_id).exists():
        raise RuleBroken(_("This device's passkey is here already."))
    passkey = Passkey.objects.create(
        user=user,
        name=given(name)[:100],
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        transports=transports[:8],
        is_synced=verified.credential_backed_up,
        created_at=now(),
    )
    publish(SecondFactorAdded(kind="passkey"), by=by, about=[user])
    return passkey


@action
def note_use_of_passkey(passkey: Passkey, *, sign_count: int, by: Actor) -> None:
    """Keep when a passkey was shown, and its count: one that goes back belongs to a copy."""
    passkey = lock(passkey)
    if sign_count <= passkey.sign_count and (sign_count or passkey.sign_count):
        raise RuleBroken(_("This passkey was used elsewhere at the same time. Ask an administrator."))
    passkey.sign_count, passkey.last_used_at = sign_count, now()
    passkey.save(update_fields=["sign_count", "last_used_at"])


@action
def remove_passkey(passkey: Passkey, *, by: Actor) -> None:
    """Take a passkey away, unless a role needs a second factor and this is the last."""
    require(by.user == passkey.user)
    keep_one_if_required(passkey.user)
    passkey.delete()
    forget_recovery_codes_without_factor(passkey.user, by=by)
    publish(SecondFactorRemoved(kind="passkey"), by=by, about=[passkey.user])
