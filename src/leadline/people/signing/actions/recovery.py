"""Recovery codes, and an administrator's help, for a lost device (PPL-6)."""

import base64
import secrets

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.people import policies
from leadline.people.models import User
from leadline.people.signing.digests import digest_of
from leadline.people.signing.events import RecoveryCodesMade, RecoveryCodeUsed, SecondFactorReset
from leadline.people.signing.models import CodeApp, Passkey, RecoveryCode, Session

HOW_MANY = 10


@action
def make_recovery_codes(user: User, *, by: Actor) -> list[str]:
    """Ten new codes, shown this once; those before no longer open anything."""
    require(by.user == user)
    RecoveryCode.objects.filter(user=user).delete()
    codes = [_new_code() for _number in range(HOW_MANY)]
    moment = now()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=digest_of(_bare(code)), created_at=moment) for code in codes
    )
    publish(RecoveryCodesMade(codes=HOW_MANY), by=by, about=[user])
    return codes


@action
def use_recovery_code(user: User, *, code: str, by: Actor) -> bool:
    """Whether this is one of the person's codes, not used before; it is now."""
    digest = digest_of(_bare(code))
    used = RecoveryCode.objects.filter(user=user, digest=digest, used_at=None).update(used_at=now())
    if used:
        left = RecoveryCode.objects.filter(user=user, used_at=None).count()
        publish(RecoveryCodeUsed(left=left), by=by, about=[user])
    return bool(used)


@action
def reset_second_factor(user: User, *, by: Actor) -> None:
    """Take a colleague's lost factors away and end all sessions; the password alone lets in again (PPL-6)."""
    require(policies.may_manage_people(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    user = lock(user)
    for model in (CodeApp, Passkey, RecoveryCode):
        model._default_manager.filter(user=user).delete()
    Session.objects.filter(user=user, ended_at=None).update(ended_at=now())
    publish(SecondFactorReset(), by=by, about=[user])


def _new_code() -> str:
    """Eighty random bits in letters and digits that are not taken for each other: `abcd-efgh-2345-mnop`."""
    text = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(text[place : place + 4] for place in range(0, 16, 4))


def _bare(code: str) -> str:
    return "".join(letter for letter in code.casefold() if letter.isalnum())
