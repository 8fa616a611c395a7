"""Status and blocking, which are two questions (CUS-14)."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import publish_many
from leadline.core.fields import Field
from leadline.core.fields.kinds import LONG_TEXT
from leadline.core.refusals import RuleBroken
from leadline.customers.actions.picking import Done, one, pick
from leadline.customers.events import CustomersBlocked, CustomersStatusChanged, CustomersUnblocked
from leadline.customers.models import Customer
from leadline.timeline.actions import record_the_same
from leadline.timeline.models import Activity

REASON = Field(name="reason", label=gettext_lazy("Reason"), kind=LONG_TEXT, sql="", max_length=500)


@action
def change_status(ids: Iterable[int], *, status: str, by: Actor) -> Done:
    """Give customers another status; each change stands on its timeline."""
    if status not in Customer.Status.values:
        known = ", ".join(str(label) for label in Customer.Status.labels)
        raise RuleBroken(_("Choose one of: %(known)s.") % {"known": known}, field="status", value=status)
    picked, done = pick(ids, "edit", by=by)
    before = {candidate.id: candidate.status for candidate in picked if candidate.status != status}
    done.changed, done.unchanged = list(before), len(picked) - len(before)
    _update(done.changed, status=status)
    if not done.changed:
        return done
    note_status_changes({key: (old, status) for key, old in before.items()}, by=by)
    publish_many(CustomersStatusChanged, done.changed, kind="customer", by=by, status=status)
    return done


@action
def block_customers(ids: Iterable[int], *, reason: str, by: Actor) -> Done:
    """Block customers: no outgoing messages and no new deals until they are unblocked."""
    if not reason.strip():
        raise RuleBroken(_("Give the reason for blocking."), field="reason")
    reason = REASON.clean(reason)
    picked, done = pick(ids, "block", by=by)
    done.changed = [candidate.id for candidate in picked]
    _update(done.changed, blocked_at=now(), blocked_reason=reason)
    if done.changed:
        _note(done.changed, _("Blocked"), reason, by)
        publish_many(CustomersBlocked, done.changed, kind="customer", by=by, count=len(done.changed))
    return done


@action
def unblock_customers(ids: Iterable[int], *, by: Actor) -> Done:
    """Unblock customers; what held before holds again."""
    picked, done = pick(ids, "unblock", by=by)
    done.changed = [candidate.id for candidate in picked]
    _update(done.changed, blocked_at=None, blocked_reason="")
    if done.changed:
        _note(done.changed, _("Unblocked"), "", by)
        publish_many(CustomersUnblocked, done.changed, kind="customer", by=by, count=len(done.changed))
    return done


@action
def change_status_of(customer: Customer, *, status: str, by: Actor) -> Customer:
    """Give one customer another status."""
    return one(customer, change_status([customer.pk], status=status, by=by))


@action
def block_customer(customer: Customer, *, reason: str, by: Actor) -> Customer:
    """Block one customer."""
    return one(customer, block_customers([customer.pk], reason=reason, by=by))


@action
def unblock_customer(customer: Customer, *, by: Actor) -> Customer:
    """Unblock one customer."""
    return one(customer, unblock_customers([customer.pk], by=by))


@action
def let_rest_the_inactive(*, after_days: int, portion: int = 2000, by: Actor) -> int:
    """Make a portion of the active customers without interaction for so many days inactive (CUS-15).

    Returns how many changed; their timelines say which rule did it.
    """
    quiet_since = now() - timedelta(days=after_days)
    resting = (
        Customer.objects.current()
        .filter(status=Customer.Status.ACTIVE, created_at__lt=quiet_since)
        .exclude(pulse__last_interaction_at__gte=quiet_since)
        .order_by("pk")
        .values_list("pk", flat=True)[:portion]
    )
    return len(change_status(list(resting), status=Customer.Status.INACTIVE, by=by).changed)


def note_status_changes(changed: Mapping[int, tuple[str, str]], *, by: Actor) -> None:
    """Put status changes on the timelines: for each customer which it was, and which it is now."""
    labels = dict(Customer.Status.choices)
    customers: dict[tuple[str, str], list[int]] = {}
    for pk, old_and_new in changed.items():
        customers.setdefault(old_and_new, []).append(pk)
    titled = {
        _("Status: %(old)s → %(new)s") % {"old": labels[old], "new": labels[new]}: theirs
        for (old, new), theirs in customers.items()
    }
    why = _("By rule: no activity for a long time.") if by.via == "rule" else ""
    record_the_same(titled, kind=Activity.Kind.STATUS, description=why, by=by)


def _note(ids: list[int], title: str, description: str, by: Actor) -> None:
    record_the_same({title: ids}, kind=Activity.Kind.STATUS, description=description, by=by)


def _update(ids: list[int], **values: object) -> None:
    Customer.objects.filter(pk__in=ids).update(**values, updated_at=now(), version=F("version") + 1)
