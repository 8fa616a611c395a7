"""Promises to customers: who may, and where they were said (SIG-10); the timeline keeps them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.customers import policies
from leadline.customers.actions.picking import hold
from leadline.customers.models import Customer
from leadline.timeline import actions as timeline
from leadline.timeline.models import Promise


@action
def make_promise(customer: Customer, *, text: str, due_on: date | None, by: Actor, **said: Any) -> Promise:
    """Keep in mind what was promised this customer; `said` may name the activity or note (SIG-10)."""
    require(policies.may_log_on(by.user, customer), _("You may not log on this customer."))
    hold(customer)
    return timeline.make_promise(customer.pk, text=text, due_on=due_on, **said, by=by)


@action
def edit_promise(
    promise: Promise,
    customer: Customer,
    *,
    text: str,
    due_on: date | None,
    version: int | None = None,
    by: Actor,
) -> Promise:
    """Correct the words or the day; who promised may, or whoever may edit the customer."""
    allowed = promise.customer_id == customer.pk and policies.may_edit_entry(by.user, promise, customer)
    require(allowed, _("Only who promised it, or whoever may edit the customer, can change this."))
    return timeline.edit_promise(promise, text=text, due_on=due_on, version=version, by=by)


@action
def keep_promise(promise: Promise, customer: Customer, *, by: Actor) -> Promise:
    """The customer got it; whoever may log may say so, also of what a former owner promised."""
    return _said_of(promise, customer, timeline.keep_promise, by)


@action
def give_up_promise(promise: Promise, customer: Customer, *, by: Actor) -> Promise:
    """It was not kept, and nobody will."""
    return _said_of(promise, customer, timeline.give_up_promise, by)


@action
def reopen_promise(promise: Promise, customer: Customer, *, by: Actor) -> Promise:
    """It still waits."""
    return _said_of(promise, customer, timeline.reopen_promise, by)


def _said_of(promise: Promise, customer: Customer, verb: Callable[..., Promise], by: Actor) -> Promise:
    allowed = promise.customer_id == customer.pk and policies.may_log_on(by.user, customer)
    require(allowed, _("You may not log on this customer."))
    return verb(promise, by=by)
