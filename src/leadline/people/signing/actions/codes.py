"""The app that shows codes: set up, used, removed (PPL-6, RFC 6238)."""

import hmac

import pyotp
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.people.models import User
from leadline.people.signing.events import SecondFactorAdded, SecondFactorRemoved
from leadline.people.signing.factors import factors_of
from leadline.people.signing.models import CodeApp, RecoveryCode

STEP = 30  # seconds that a code is shown
_DRIFT = 1  # steps that a clock may be wrong, to either side


@action
def begin_code_app(user: User, *, by: Actor) -> CodeApp:
    """Make a secret for an app; it asks for nothing before a first code was right."""
    require(by.user == user)
    if CodeApp.objects.filter(user=user, confirmed_at__isnull=False).exists():
        raise RuleBroken(_("You have a code app already. Remove it first to set up another one."))
    fresh = {"secret": pyotp.random_base32(), "created_at": now(), "last_step": 0}
    return CodeApp.objects.update_or_create(user=user, defaults=fresh)[0]


@action
def confirm_code_app(user: User, *, code: str, by: Actor) -> CodeApp:
    """The app shows the right code: from now on it is asked for. Raises `RuleBroken` for a wrong one."""
    require(by.user == user)
    app = lock(CodeApp.objects.get(user=user, confirmed_at=None))
    step = _step_of(app, code)
    if step is None:
        raise RuleBroken(
            _("This is not the code that the app shows now. Check the clock of the device."), field="code"
        )
    app.confirmed_at, app.last_step = now(), step
    app.save(update_fields=["confirmed_at", "last_step"])
    publish(SecondFactorAdded(kind="code_app"), by=by, about=[user])
    return app


@action
def use_code(user: User, *, code: str, by: Actor) -> bool:
    """Whether this is a code that the person's app shows now and that was not used before; it is now."""
    app = CodeApp.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    step = _step_of(app, code) if app else None
    if app is None or step is None:
        return False
    app.last_step = step
    app.save(update_fields=["last_step"])
    return True


@action
def remove_code_app(user: User, *, by: Actor) -> None:
    """The app's codes are no longer asked for, unless a role needs a second factor and this is the last."""
    require(by.user == user)
    app = lock(CodeApp.objects.get(user=user))
    if app.confirmed_at:
        keep_one_if_required(user)
        publish(SecondFactorRemoved(kind="code_app"), by=by, about=[user])
    app.delete()
    forget_recovery_codes_without_factor(user, by=by)


def keep_one_if_required(user: User) -> None:
    """Refuse to take the last factor from somebody whose role needs one."""
    factors = factors_of(user)
    if factors.required and factors.is_last:
        raise RuleBroken(
            _("Your role needs a second factor. Set up another one first, then remove this one.")
        )


@action
def forget_recovery_codes_without_factor(user: User, *, by: Actor) -> None:
    """Recovery codes stand for a factor; without one they open nothing and are removed."""
    if not factors_of(user).any:
        RecoveryCode.objects.filter(user=user).delete()


def _step_of(app: CodeApp, code: str) -> int | None:
    """The half minute whose code this is, of those near to now and after the last one used."""
    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 6):
        return None
    generator, present = pyotp.HOTP(app.secret), int(now().timestamp()) // STEP
    for step in range(present - _DRIFT, present + _DRIFT + 1):
        if hmac.compare_digest(generator.at(step), typed):
            return step if step > app.last_step else None
    return None
