"""Whoever registers, on the platform or by a form, becomes a lead and is welcomed (LEA-2, LEA-3, PLT-3)."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.drafts import Draft, Outcome, clean_draft
from leadline.core.events import publish_many
from leadline.core.fields import catalogue
from leadline.core.refusals import RulesBroken
from leadline.customers.actions.cleaning import cleaning_for
from leadline.leads.actions.adding import add_leads
from leadline.leads.events import LeadsRegistered
from leadline.platform.models import PlatformUser

SOURCE = "Platform"
FRESH = timedelta(days=1)  # who registered longer ago, and is told of only now, is not welcomed any more


@action
def register_leads(drafts: Sequence[Draft], *, by: Actor) -> Outcome:
    """Take in people who registered by themselves: who is here already is refreshed, and all are welcomed.

    The welcome goes out after this transaction, once to each lead, if it registered within a day (LEA-3).
    """
    outcome = add_leads(drafts, on_duplicate="update", by=by)
    oldest = now() - FRESH
    fresh = {draft.row for draft in drafts if (draft.values.get("registered_at") or now()) >= oldest}
    leads = sorted({lead for row, lead in taken_by(outcome).items() if row in fresh})
    if leads:
        publish_many(LeadsRegistered, leads, kind="lead", by=by, count=len(leads))
    return outcome


def taken_by(outcome: Outcome) -> dict[int, int]:
    """The leads, new or known, that rows led to."""
    return {**outcome.created, **outcome.updated, **outcome.unchanged}


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
    taken = taken_by(register_leads(drafts, by=by))
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
