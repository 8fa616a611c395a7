"""The rules about signing in, and which roles need a second factor (PPL-6)."""

from collections.abc import Iterable, Sequence

from django.db.models import F

from leadline.core.actions import Actor, action, require
from leadline.core.events import publish
from leadline.people import policies
from leadline.people.models import Role
from leadline.people.signing.events import SecondFactorRequired, SigningRulesChanged
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
    others = Role.objects.in_use().exclude(key__in=second_factor_roles)
    require_second_factor(second_factor_roles, required=True, by=by)
    require_second_factor(others.values_list("key", flat=True), required=False, by=by)
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


@action
def require_second_factor(keys: Iterable[str], *, required: bool, by: Actor) -> list[str]:
    """Make a second factor compulsory for whoever has one of these roles, or no longer (PPL-6).

    It holds from their next click. Returns the keys of the roles for which it changed.
    """
    require(policies.may_manage_settings(by.user), who_can_help=policies.ASK_AN_ADMINISTRATOR)
    roles = Role.objects.filter(key__in=list(keys), second_factor_required=not required)
    changed = list(roles.select_for_update(no_key=True).order_by("pk"))
    Role.objects.filter(pk__in=[role.pk for role in changed]).update(
        second_factor_required=required, version=F("version") + 1
    )
    for role in changed:
        publish(SecondFactorRequired(required=required), by=by, about=[role])
    return [role.key for role in changed]
