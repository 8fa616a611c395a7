"""A new key for the ring, and taking one out that closes nothing any more (PPL-8)."""

import os

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.events import publish
from leadline.core.jobs import Job, start_job
from leadline.core.refusals import RuleBroken
from leadline.core.secrets.keyring import Key, keep, keys, new_key
from leadline.core.secrets.rotating import uses_of
from leadline.governance.events import KeyRetired, KeyRotated
from leadline.people.policies import ASK_AN_ADMINISTRATOR, may_manage_settings


@action
def rotate_key(*, by: Actor) -> Job:
    """Put a new key in front of the ring, and close everything by it as a job.

    A ring from LEADLINE_KEYS is not ours to write: there the new key must stand in front already.
    """
    require(may_manage_settings(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    ring = keys()
    if not comes_from_environment():
        ring = (new_key(), *ring)
        keep(ring)
    publish(KeyRotated(key_id=ring[0].id), by=by, about=[])
    return start_job(
        "governance.close_anew", title=_("Encrypt anew by key %(key)s") % {"key": ring[0].id}, by=by
    )


@action
def retire_key(key_id: str, *, by: Actor) -> Key:
    """Take a key out of the ring; refused for the newest, and while anything needs it, as the audit does."""
    require(may_manage_settings(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    ring = keys()
    found = next((key for key in ring if key.id == key_id), None)
    if found is None:
        raise RuleBroken(_("There is no key of this name in the ring."), field="key", value=key_id)
    if found == ring[0]:
        raise RuleBroken(_("The newest key closes what is new. Rotate first."), field="key", value=key_id)
    if uses := uses_of(key_id):
        needed = ", ".join(f"{name} ({count})" for name, count in uses.items())
        raise RuleBroken(
            _("This key is still needed: %(needed)s.") % {"needed": needed}, field="key", value=key_id
        )
    if comes_from_environment():
        raise RuleBroken(_("Nothing needs this key. Take it out of LEADLINE_KEYS on every machine."))
    keep(tuple(key for key in ring if key != found))
    publish(KeyRetired(key_id=key_id), by=by, about=[])
    return found


def comes_from_environment() -> bool:
    """Whether the ring stands in LEADLINE_KEYS."""
    return bool(os.environ.get("LEADLINE_KEYS", "").strip())
