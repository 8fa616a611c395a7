"""Keys with which the platform signs: made, renewed, revoked (PLT-2)."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.core.secrets.signatures import new_secret
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform.events import IngestKeyChanged
from leadline.platform.models import IngestKey, forget_ingest_keys
from leadline.platform.policies import may_manage_platform

OLD_SECRET_HOLDS = timedelta(hours=24)
MOST, LONGEST_NAME = 20, 100


@action
def make_ingest_key(*, name: str, by: Actor) -> IngestKey:
    """Make a key; its secret is shown to who makes it, once. Raises `RuleBroken` without a name."""
    _require(by)
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        message = _("Give it a name of at most %(most)s characters.") % {"most": LONGEST_NAME}
        raise RuleBroken(message, field="name", value=name)
    if IngestKey.objects.in_force().count() >= MOST:
        raise RuleBroken(_("There are %(most)s keys already; revoke one first.") % {"most": MOST})
    key = IngestKey(name=name, secret=new_secret(), created_by=by.user, created_at=now())
    key.save()
    return _told(key, "made", by)


@action
def renew_ingest_key(key: IngestKey, *, by: Actor) -> IngestKey:
    """Give it a new secret; the old one holds for a day more, so that nothing sent meanwhile is lost."""
    key = _locked(key, by)
    key.old_secret, key.old_secret_until = key.secret, now() + OLD_SECRET_HOLDS
    key.secret, key.renewed_at = new_secret(), now()
    return _saved(key, "renewed", by)


@action
def revoke_ingest_key(key: IngestKey, *, by: Actor) -> IngestKey:
    """Take nothing more that is signed with it, from now on."""
    key = _locked(key, by)
    key.revoked_at, key.old_secret, key.old_secret_until = now(), "", None
    return _saved(key, "revoked", by)


def _require(by: Actor) -> None:
    require(may_manage_platform(by.user), who_can_help=ASK_AN_ADMINISTRATOR)


def _locked(key: IngestKey, by: Actor) -> IngestKey:
    _require(by)
    key = lock(key)
    if key.is_revoked:
        raise RuleBroken(_("This key was revoked."))
    return key


def _saved(key: IngestKey, what: str, by: Actor) -> IngestKey:
    key.version += 1
    key.save()
    return _told(key, what, by)


def _told(key: IngestKey, what: str, by: Actor) -> IngestKey:
    forget_ingest_keys()
    publish(IngestKeyChanged(key_id=key.pk, what=what), by=by, about=[])
    return key


@action
def note_key_used(key: IngestKey, *, by: Actor) -> None:
    """Remember that something was signed with it, at most once a minute."""
    IngestKey.objects.filter(pk=key.pk).update(last_used_at=now())
