"""Customers that are one become one: fields chosen, all that hangs on them moved, the others archived."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.drafts import Draft
from leadline.core.events import Subject, publish
from leadline.core.fields import catalogue
from leadline.core.merging import Merging, move_attached
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.core.search import index
from leadline.customers.actions.belonging import parent_after_merge
from leadline.customers.actions.changing import change_customers
from leadline.customers.actions.merging.equals import combine_equal_contacts, one_primary
from leadline.customers.actions.merging.outcome import Merged, chosen, merged_ids
from leadline.customers.actions.picking import Done, pick
from leadline.customers.events import CustomersMerged
from leadline.customers.models import Customer
from leadline.customers.queries.choosing import choosable, proposed, united
from leadline.customers.verbs import may_merge


@action
def merge_customers(
    survivor: Customer,
    *,
    others: Iterable[int],
    choose: Mapping[str, int] | None = None,
    combine: Collection[str] | None = None,
    later: bool = False,
    by: Actor,
) -> Merged:
    """Merge customers into one that stays; the others are archived and lead to it (CUS-23).

    `choose` says for fields from which record the value comes; otherwise the survivor's stays, or the newest
    where it has none. `combine` are the e-mails of equal contacts that become one (None: all of them). With
    `later` the rows that can be many wait for `core.merging.move_portion`. Part of a change set, so that it
    can be undone. Raises `RuleBroken` and `NotAllowed` naming what is to blame.
    """
    ids = merged_ids(survivor.pk, others)
    _pick((survivor.pk, *ids), by)
    records = Customer.objects.in_bulk([survivor.pk, *ids])
    kept, gone = records[survivor.pk], [records[key] for key in ids]
    merged = Merged("customer", kept.pk, ids, change_set=by.change_set)
    _carry_block(kept, gone, merged)
    _write(kept, gone, choose, merged, by)
    one_primary(kept.pk, ids, by=by)
    merge, told = move_attached(Merging("customer", kept.pk, ids), later=later, by=by)
    merged.add(merge, told)
    Customer.objects.filter(pk__in=ids).update(
        archived_at=now(), merged_into=kept.pk, updated_at=now(), version=F("version") + 1
    )
    merged.combined = combine_equal_contacts(kept.pk, combine, by=by)
    index("customer", [kept.pk, *ids])
    publish(
        CustomersMerged(survivor_id=kept.pk, merged_ids=ids),
        by=by,
        about=[Subject("customer", key) for key in (kept.pk, *ids)],
    )
    return merged


def _pick(ids: Iterable[int], by: Actor) -> None:
    """Lock all of them in the order of their keys, and ask for each whether it may be merged."""
    picked, done = pick(ids, "merge", by=by)
    for key, reason in sorted(done.refused.items()):
        raise _refusal(key, reason, done)
    for candidate in picked:
        words = _("Who merges must be allowed to edit and to archive them too. A sales manager can help.")
        require(may_merge(by.user, candidate), words)
    _wait_for_entries(ids)


def _wait_for_entries(ids: Iterable[int]) -> None:
    """What is being put on their timelines now is saved before anything moves (`picking.hold`)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM customers_customer WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [sorted(ids)]
        )


def _refusal(key: int, reason: str, done: Done) -> NotAllowed | RuleBroken:
    if key in done.forbidden:
        return NotAllowed(reason)
    name = Customer.objects.filter(pk=key).values_list("name", flat=True).first() or key
    return RuleBroken(_("%(name)s: %(reason)s") % {"name": name, "reason": reason}, field="others", value=key)


def _carry_block(kept: Customer, gone: list[Customer], merged: Merged) -> None:
    """A block holds for the survivor too: the stricter one wins."""
    blocked = next((record for record in gone if record.is_blocked), None)
    if blocked is None or kept.is_blocked:
        return
    Customer.objects.filter(pk=kept.pk).update(
        blocked_at=blocked.blocked_at, blocked_reason=blocked.blocked_reason
    )
    merged.told.append(_("%(name)s is blocked, so what stays is blocked too.") % {"name": blocked})


def _write(
    kept: Customer, gone: list[Customer], choose: Mapping[str, int] | None, merged: Merged, by: Actor
) -> None:
    """Give the survivor the values that were chosen or proposed."""
    about = catalogue("customer")
    records = {record.pk: record for record in (kept, *gone)}
    fields = {item.name: item for item in choosable(about)}
    asked = chosen(choose, [item.name for item in choosable(about, by.user)], records)
    sources = {
        name: records[asked.get(name) or proposed(item, kept, gone, by.user)] for name, item in fields.items()
    }
    values = {name: _stored(fields[name].value_of(source)) for name, source in sources.items()}
    values["tags"] = united(about.field("tags"), [kept, *gone])
    values |= _stricter(kept, gone, merged)
    values["parent"], told = parent_after_merge(values.get("parent"), kept.pk, [record.pk for record in gone])
    merged.told += told
    own = {name: _stored(about.field(name).value_of(kept)) for name in values}
    changed = {name: value for name, value in values.items() if value != own[name]}
    unclear = {name for name, source in sources.items() if name in changed and name in source.unclear}
    done = change_customers({kept.pk: Draft(1, changed, frozenset(unclear))}, by=by)
    for reason in done.refused.values():
        raise NotAllowed(reason) if kept.pk in done.forbidden else RuleBroken(reason, field="choose")


def _stricter(kept: Customer, gone: list[Customer], merged: Merged) -> dict[str, bool]:
    """A wish not to be called or written to holds for the survivor."""
    wishes = {}
    for name in ("do_not_call", "do_not_email"):
        if any(getattr(record, name) for record in gone) and not getattr(kept, name):
            wishes[name] = True
            label = catalogue("customer").field(name).label
            merged.told.append(_("%(wish)s: one of them wishes it, so it holds.") % {"wish": label})
    return wishes


def _stored(value: Any) -> Any:
    """A link is stored by its key."""
    return getattr(value, "pk", value)
