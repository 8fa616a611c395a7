"""What an administrator sets about the platform."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.people.policies import ASK_AN_ADMINISTRATOR
from leadline.platform.events import PlatformRulesChanged
from leadline.platform.models import PlatformRules, forget_rules
from leadline.platform.models.rules import LEAST_KEPT, MOST_KEPT
from leadline.platform.policies import may_manage_platform


@action
def change_platform_rules(*, online_minutes: int, system: str, by: Actor) -> PlatformRules:
    """Set how long somebody counts as online (1 to 120 minutes), and by which name external ids are meant.

    It holds from the next event, and for whoever is online at the next look.
    """
    require(may_manage_platform(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    if not 1 <= online_minutes <= 120:
        raise RuleBroken(_("Give 1 to 120 minutes."), field="online_minutes", value=online_minutes)
    if not 0 < len(system.strip()) <= 100:
        raise RuleBroken(
            _("Give the name under which external ids of the platform are kept."), field="system"
        )
    kept, _made = PlatformRules.objects.select_for_update().get_or_create(pk=1)
    kept.online_minutes, kept.system = online_minutes, " ".join(system.split())
    kept.save()
    forget_rules()
    publish(PlatformRulesChanged(), by=by, about=[])
    return kept


@action
def keep_events_for(*, months: int | None, by: Actor) -> PlatformRules:
    """Set how many months of events stay in the database, 3 to 120 (None: all); older ones go at night."""
    require(may_manage_platform(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    if months is not None and not LEAST_KEPT <= months <= MOST_KEPT:
        message = _("Give 3 to 120 months, or nothing to keep all.")
        raise RuleBroken(message, field="months", value=months)
    kept, _made = PlatformRules.objects.select_for_update().get_or_create(pk=1)
    kept.months_kept = months
    kept.save()
    forget_rules()
    publish(PlatformRulesChanged(), by=by, about=[])
    return kept
