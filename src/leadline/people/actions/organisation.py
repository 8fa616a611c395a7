"""The organisation: set up once, changed by administrators."""

from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.organisation import Organisation, forget_organisation
from leadline.core.refusals import RuleBroken
from leadline.people import policies
from leadline.people.actions.rules import ADMINISTRATOR, alone, given
from leadline.people.actions.users import add_user
from leadline.people.events import SettingsChanged
from leadline.people.models import User


@action
def set_up(*, organisation: dict[str, Any], name: str, email: str, password: str, by: Actor) -> User:
    """Finish the first run: the organisation and who administers it, both or neither.

    Of two browsers at once one wins; the other is told that Leadline is set up (`RuleBroken`).
    """
    alone("people.set_up")
    forget_organisation()  # as it is now, not as it was some seconds ago
    if not policies.may_set_up():
        raise RuleBroken(_("Somebody has just set up Leadline here. Sign in, or ask who did."))
    change_organisation(**organisation, by=by)
    return add_user(name=name, email=email, password=password, roles=[ADMINISTRATOR], by=by)


@action
def change_organisation(*, by: Actor, **answers: Any) -> Organisation:
    """Change the name and defaults of the organisation."""
    require(policies.may_manage_settings(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    if "name" in answers:
        answers["name"] = given(answers["name"])
    kept, _made = Organisation.objects.get_or_create(pk=1)
    changed = tuple(name for name, value in answers.items() if getattr(kept, name) != value)
    for name, value in {"set_up_at": kept.set_up_at or now(), **answers}.items():
        setattr(kept, name, value)
    kept.save()
    if changed:
        publish(SettingsChanged(settings=changed), by=by, about=[])
    forget_organisation()
    return kept
