"""Archiving: how a customer is taken away without losing anything (ALL-1)."""

from collections.abc import Iterable

from django.db.models import F

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import publish_many
from leadline.customers.actions.picking import Done, one, pick
from leadline.customers.events import CustomersArchived, CustomersRestored
from leadline.customers.models import Customer


@action
def archive_customers(ids: Iterable[int], *, by: Actor) -> Done:
    """Take customers out of the daily lists, with all that belongs to them."""
    picked, done = pick(ids, "archive", by=by)
    done.changed = [candidate.id for candidate in picked]
    _update(done.changed, now())
    if done.changed:
        publish_many(CustomersArchived, done.changed, kind="customer", by=by, count=len(done.changed))
    return done


@action
def restore_customers(ids: Iterable[int], *, by: Actor) -> Done:
    """Bring archived customers back as they were."""
    picked, done = pick(ids, "restore", by=by)
    done.changed = [candidate.id for candidate in picked]
    _update(done.changed, None)
    if done.changed:
        publish_many(CustomersRestored, done.changed, kind="customer", by=by, count=len(done.changed))
    return done


@action
def archive_customer(customer: Customer, *, by: Actor) -> Customer:
    """Archive one customer."""
    return one(customer, archive_customers([customer.pk], by=by))


@action
def restore_customer(customer: Customer, *, by: Actor) -> Customer:
    """Restore one customer."""
    return one(customer, restore_customers([customer.pk], by=by))


def _update(ids: list[int], archived_at: object) -> None:
    Customer.objects.filter(pk__in=ids).update(
        archived_at=archived_at, updated_at=now(), version=F("version") + 1
    )
