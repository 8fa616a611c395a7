"""The rules about signing in, and which roles need a second factor (PPL-6)."""

from collections.abc import Sequence

from leadline.core.actions import Actor, action, require
from leadline.core.events import publish
from leadline.people import policies
from leadline.people.models import Role
from leadline.people.signing.events import SigningRulesChanged
from leadline.people.signing.models import SigningRules, forget_rules


@action
def change_signing_rules(
    *,
    idle_hours: int,
    lifetime_days: int,
    view_as_may_write: bool,
    single_sign_on_only: bool,
    second_factor_roles: Sequence[str],
    by: Actor,
) -> SigningRules:
    """Change how long sessions last, what "view as" allows, and whose roles need a second factor.

    New lengths hold for sessions that begin or are used from now on; the second factor from the next click.
    """
    require(policies.may_manage_settings(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    kept, _made = SigningRules.objects.select_for_update().get_or_create(pk=1)
    kept.idle_hours, kept.lifetime_days = idle_hours, lifetime_days
    kept.view_as_may_write, kept.single_sign_on_only = view_as_may_write, single_sign_on_only
    kept.save()
    Role.objects.filter(key__in=second_factor_roles).update(second_factor_required=True)
    Role.objects.exclude(key__in=second_factor_roles).update(second_factor_required=False)
    forget_rules()
    publish(
        SigningRulesChanged(
            idle_hours=idle_hours,
            lifetime_days=lifetime_days,
            view_as_may_write=view_as_may_write,
            single_sign_on_only=single_sign_on_only,
            roles_with_second_factor=len(second_factor_roles),
        ),
        by=by,
        about=[],
    )
    return kept
