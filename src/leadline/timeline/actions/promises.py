"""Promises to customers: made, changed, kept or not (SIG-10)."""

from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict, RuleBroken
from leadline.timeline.actions.activities import EARLIEST_YEAR
from leadline.timeline.events import PromiseEnded, PromiseMade
from leadline.timeline.fields import PROMISE
from leadline.timeline.models import Promise

LATEST_YEAR = 2100


@action
def make_promise(
    customer_id: int,
    *,
    text: str,
    due_on: date | None,
    activity_id: int | None = None,
    note_id: int | None = None,
    by: Actor,
) -> Promise:
    """Keep in mind what was promised a customer, until which day; raises `RuleBroken` naming the field."""
    moment = now()
    promise = Promise.objects.create(
        customer_id=customer_id,
        text=_checked(text),
        due_on=_day(due_on),
        user=by.user,
        activity_id=activity_id,
        note_id=note_id,
        created_at=moment,
        updated_at=moment,
    )
    publish(PromiseMade(promise_id=promise.pk, due_on=promise.due_on), by=by, about=_about(promise))
    return promise


@action
def edit_promise(
    promise: Promise, *, text: str, due_on: date | None, version: int | None = None, by: Actor
) -> Promise:
    """Correct the words or the day of an open promise.

    Raises `EditConflict` when `version` is not the present one any more.
    """
    promise = _open(promise)
    if version is not None and version != promise.version:
        raise EditConflict(changes_since("promise", promise.pk, version), promise.version)
    return _save(promise, text=_checked(text), due_on=_day(due_on))


@action
def keep_promise(promise: Promise, *, by: Actor) -> Promise:
    """The customer got what was promised."""
    return _ended(promise, Promise.Outcome.KEPT, by)


@action
def give_up_promise(promise: Promise, *, by: Actor) -> Promise:
    """It was not kept, and nobody will keep it any more."""
    return _ended(promise, Promise.Outcome.NOT_KEPT, by)


@action
def reopen_promise(promise: Promise, *, by: Actor) -> Promise:
    """It was called kept or given up by mistake."""
    return _save(lock(promise, "user"), outcome="", ended_at=None)


def _ended(promise: Promise, outcome: Promise.Outcome, by: Actor) -> Promise:
    promise = _save(_open(promise), outcome=outcome, ended_at=now())
    publish(PromiseEnded(promise_id=promise.pk, outcome=outcome), by=by, about=_about(promise))
    return promise


def _open(promise: Promise) -> Promise:
    promise = lock(promise, "user")
    if not promise.is_open:
        raise RuleBroken(_("This promise is closed already; open it again first."))
    return promise


def _save(promise: Promise, **values: Any) -> Promise:
    for name, value in values.items():
        setattr(promise, name, value)
    promise.updated_at, promise.version = now(), F("version") + 1
    promise.save(update_fields=[*values, "updated_at", "version"])
    promise.refresh_from_db(fields=["version"])
    return promise


def _checked(text: str) -> str:
    if not text.strip():
        raise RuleBroken(_("Say what was promised."), field="text")
    words: str = PROMISE.field("text").clean(text)
    return words


def _day(due_on: date | None) -> date:
    if due_on is None:
        raise RuleBroken(_("Give the day until which it was promised."), field="due_on")
    if not EARLIEST_YEAR <= due_on.year <= LATEST_YEAR:
        raise RuleBroken(_("Give a day between 1990 and 2100."), field="due_on", value=due_on.isoformat())
    return due_on


def _about(promise: Promise) -> list[Subject]:
    return [Subject("customer", promise.customer_id)]
