"""Whoever registers on the platform becomes a lead (LEA-2, PLT-3)."""

from collections.abc import Iterable

from leadline.core.actions import Actor, action
from leadline.core.drafts import Draft, clean_draft
from leadline.core.fields import catalogue
from leadline.core.refusals import RulesBroken
from leadline.customers.actions.cleaning import cleaning_for
from leadline.leads.actions.adding import add_leads
from leadline.platform.models import PlatformUser

SOURCE = "Platform"


@action
def take_registrations(user_ids: Iterable[int], *, by: Actor) -> list[int]:
    """Make leads of users of the platform who registered; returns the leads, new or known, in their order.

    Whoever is here already by e-mail or phone is refreshed, not doubled. Who is a customer, was erased, or
    told neither an e-mail nor a phone, becomes none. Done twice it does what once does.
    """
    rows = PlatformUser.objects.filter(pk__in=list(user_ids), erased_at=None, customer=None)
    drafts = [
        draft
        for place, user in enumerate(rows.order_by("pk"), start=1)
        if (draft := _draft(user, place, by)) is not None
    ]
    if not drafts:
        return []
    outcome = add_leads(drafts, on_duplicate="update", by=by)
    taken = {**outcome.created, **outcome.updated, **outcome.unchanged}
    return [taken[row] for row in sorted(taken)]


def _draft(user: PlatformUser, place: int, by: Actor) -> Draft | None:
    """What the platform told, as far as it is understood; None without a way to reach the person."""
    told = {
        "name": user.name or user.email.partition("@")[0] or user.phone,
        "email": user.email,
        "phone": user.phone,
        "country": user.country,
        "language": user.language,
        "source": SOURCE,
        "registered_at": user.registered_at,
    }
    if not user.email and not user.phone:
        return None
    context = cleaning_for(by)
    try:
        return clean_draft(catalogue("lead"), told, context, row=place)
    except RulesBroken as refused:
        wrong = {rule.field for rule in refused.broken}
        kept = {name: value for name, value in told.items() if name not in wrong}
        return clean_draft(catalogue("lead"), kept, context, row=place) if "name" in kept else None
