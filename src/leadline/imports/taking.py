"""Handing drafts down to the actions that every other door uses too; one bad draft never spoils the
others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.db import DataError, connection, transaction
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.drafts import Draft, OnDuplicate, Outcome, Refused
from leadline.core.refusals import NotAllowed, Refusal, RuleBroken
from leadline.customers.actions.adding import add_customers
from leadline.customers.actions.contacts import add_contacts
from leadline.customers.actions.logging import log_activities
from leadline.customers.actions.matching import is_known_everywhere
from leadline.imports.models import Import
from leadline.imports.people import take_people
from leadline.leads.actions import add_leads
from leadline.timeline.actions import ActivityDraft

Take = Callable[[Sequence[Draft]], Outcome]


def taking(brought: Import, by: Actor) -> Take:
    """How drafts of this import are written."""
    on_duplicate = cast(OnDuplicate, brought.on_duplicate)
    if brought.kind == Import.Kind.CUSTOMERS:
        key = brought.key
        return lambda drafts: add_customers(drafts, on_duplicate=on_duplicate, key=key, by=by)
    if brought.kind == Import.Kind.LEADS:
        return lambda drafts: add_leads(drafts, on_duplicate=on_duplicate, by=by)
    if brought.kind == Import.Kind.CONTACTS:
        key = brought.key
        if brought.make_customers:
            return lambda drafts: take_people(drafts, on_duplicate=on_duplicate, key=key, by=by)
        return lambda drafts: add_contacts(drafts, on_duplicate=on_duplicate, key=key, by=by)
    return lambda drafts: log_all(drafts, on_duplicate=on_duplicate, by=by)


def is_known_alone(brought: Import) -> bool:
    """Whether rows of contacts need no customer, because their key names one person everywhere."""
    return brought.kind == Import.Kind.CONTACTS and is_known_everywhere(brought.key)


def take_patiently(drafts: Sequence[Draft], take: Take) -> Outcome:
    """Take all drafts together; if that fails, halve until the one that can't be taken is alone and
    refused."""
    if not drafts:
        return Outcome()
    try:
        with transaction.atomic():
            return take(drafts)
    except NotAllowed:
        raise
    except (Refusal, DataError) as error:
        if len(drafts) == 1:
            rule = error if isinstance(error, RuleBroken) else RuleBroken(_in_words(error))
            return Outcome(refused=[Refused(drafts[0].row, (rule,))])
    half = len(drafts) // 2
    return together(take_patiently(drafts[:half], take), take_patiently(drafts[half:], take))


def _in_words(error: Exception) -> str:
    return error.message if isinstance(error, Refusal) else _("The database can't store a value of this row.")


def together(one: Outcome, other: Outcome) -> Outcome:
    """Two outcomes as one."""
    return Outcome(
        created={**one.created, **other.created},
        updated={**one.updated, **other.updated},
        unchanged={**one.unchanged, **other.unchanged},
        skipped={**one.skipped, **other.skipped},
        refused=[*one.refused, *other.refused],
        made={**one.made, **other.made},
    )


def log_all(drafts: Sequence[Draft], *, on_duplicate: OnDuplicate, by: Actor) -> Outcome:
    """Log activities; one that stands on the timeline already, or twice in the file, is skipped."""
    outcome = Outcome()
    known = _logged(drafts) if on_duplicate != "create" else set()
    new: list[tuple[Draft, ActivityDraft]] = []
    for draft in drafts:
        activity = _activity(draft)
        identity = _identity(activity)
        if identity in known:
            outcome.skipped[draft.row] = draft.values["customer"]
            continue
        if on_duplicate != "create":
            known |= {identity, identity[:3]}
        new.append((draft, activity))
    logged, refused = log_activities([activity for _draft, activity in new], by=by)
    ids = iter(logged)
    for draft, _activity_of in new:
        customer_id = draft.values["customer"]
        if customer_id in refused:
            rule = RuleBroken(refused[customer_id], field="customer")
            outcome.refused.append(Refused(draft.row, (rule,)))
        else:
            outcome.created[draft.row] = next(ids).pk
    return outcome


def _activity(draft: Draft) -> ActivityDraft:
    values: dict[str, Any] = dict(draft.values)
    duration = values.pop("duration", None)
    return ActivityDraft(
        customer_id=values.pop("customer"),
        kind=values.pop("kind", ""),
        title=values.pop("title", ""),
        duration=None if duration is None else int(duration),
        **values,
    )


def _identity(activity: ActivityDraft) -> tuple[Any, ...]:
    """What makes two activities the same; without a time, the same words on the same customer."""
    same = (activity.customer_id, activity.kind, activity.title.strip()[:200])
    return (*same, activity.at) if activity.at else same


def _logged(drafts: Sequence[Draft]) -> set[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT customer_id, kind, title, at FROM timeline_activity"
            " WHERE customer_id = ANY(%s) AND title = ANY(%s) AND archived_at IS NULL",
            [
                list({draft.values["customer"] for draft in drafts}),
                list({str(draft.values.get("title") or "").strip()[:200] for draft in drafts}),
            ],
        )
        rows = cursor.fetchall()
    return {row for row in rows} | {row[:3] for row in rows}
