"""Changing fields of customers: one by hand, many from a file or in bulk (ALL-1, CUS-7)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock
from leadline.core.custom.telling import changes_told
from leadline.core.custom.values import keeps_retired
from leadline.core.drafts import Draft, clean_draft
from leadline.core.events import publish_many
from leadline.core.fields import catalogue
from leadline.core.history import changes_since
from leadline.core.refusals import EditConflict, RulesBroken
from leadline.core.search import index
from leadline.core.sets import update_rows
from leadline.customers.actions.assigning import assign_customers
from leadline.customers.actions.belonging import circle_of, no_circle
from leadline.customers.actions.cleaning import cleaning_for
from leadline.customers.actions.columns import changes_of, unclear_after
from leadline.customers.actions.picking import Candidate, Done, Rule, one, pick, require_edit
from leadline.customers.actions.placing import place_customers
from leadline.customers.actions.receiving import receiving
from leadline.customers.actions.status import note_status_changes
from leadline.customers.events import CustomersChanged
from leadline.customers.models import Customer
from leadline.customers.queries.territories import RULED
from leadline.people.models import User
from leadline.people.scope import Reach, reach

TOUCHED = {"version": "customers_customer.version + 1", "updated_at": "now()"}
SEARCHED = {"name", "email", "phone"}  # what documents are made of (`searching`)


@action
def edit_customer(customer: Customer, *, version: int | None = None, by: Actor, **answers: Any) -> Customer:
    """Change fields of one customer; what is not given stays.

    Raises `EditConflict` with what others changed when `version` is not the present one, `RulesBroken`
    naming each field.
    """
    customer = lock(customer)
    require_edit(customer, by=by)
    if version is not None and version != customer.version:
        raise EditConflict(changes_since("customer", customer.pk, version, viewer=by.user), customer.version)
    about = catalogue("customer")
    cleaning = cleaning_for(by, customer.country, kept=keeps_retired(about, customer, answers))
    draft = clean_draft(about, answers, cleaning, keep_empty=True)
    broken = receiving([draft], by).broken_by(draft) if draft.values.get("owner") != customer.owner_id else ()
    if broken := broken + circle_of(customer.pk, draft):
        raise RulesBroken(broken)
    return one(customer, change_customers({customer.pk: draft}, by=by))


@action
def change_customers(changes: Mapping[int, Draft], *, by: Actor) -> Done:
    """Change many customers, each by its own draft; the refused are told with their reasons."""
    picked, done = pick(changes, "edit", _may_hand_over(changes, by), no_circle(changes), by=by)
    rows = [_row(candidate, changes[candidate.id]) for candidate in picked]
    columns = update_rows(Customer, rows, touched=TOUCHED)
    _tell_status_changes(picked, changes, set(columns), by)
    moved = _hand_over(picked, changes, by) + _place(picked, changes, columns, by)
    done.changed = sorted({*columns, *moved})
    done.unchanged = len(picked) - len(done.changed)
    if done.changed:
        names = sorted({name for draft in changes.values() for name in draft.values})
        index("customer", [pk for pk, changed in columns.items() if SEARCHED & changed])
        publish_many(CustomersChanged, done.changed, kind="customer", by=by, fields=tuple(names))
    return done


@changes_told("customer")
def tell_changed(ids: Sequence[int], name: str, *, by: Actor) -> None:
    """What changes a field of many otherwise than by drafts is told like every other change."""
    publish_many(CustomersChanged, ids, kind="customer", by=by, fields=(name,))


def _may_hand_over(changes: Mapping[int, Draft], by: Actor) -> Rule:
    """Giving another owner asks for the right to assign, through whichever door it comes."""
    allowed = Reach(everything=True) if by.user.is_system else reach(by.user, "customer", "assign")

    def rule(candidate: Candidate) -> str | None:
        values = changes[candidate.id].values
        stays = "owner" not in values or values["owner"] == candidate.owner_id
        if stays or allowed.covers(candidate.owner_id, candidate.team_id, candidate.territory_id):
            return None
        return _("Your role can't give this customer another owner. A sales manager can help.")

    return rule


def _row(candidate: Candidate, draft: Draft) -> dict[str, Any]:
    row = {"id": candidate.id, **changes_of(draft)}
    unclear = unclear_after(draft, candidate.unclear)
    return row if unclear == sorted(candidate.unclear) else {**row, "unclear": unclear}


def _tell_status_changes(
    picked: list[Candidate], changes: Mapping[int, Draft], changed: set[int], by: Actor
) -> None:
    other = {
        candidate.id: (candidate.status, status)
        for candidate in picked
        if (status := changes[candidate.id].values.get("status"))
        and status != candidate.status
        and candidate.id in changed
    }
    if other:
        note_status_changes(other, by=by)


def _place(
    picked: list[Candidate], changes: Mapping[int, Draft], columns: Mapping[int, set[str]], by: Actor
) -> list[int]:
    """Those whose place or kind changed go where the rules say, the others where somebody chose."""
    chosen = {
        candidate.id: values["territory"]
        for candidate in picked
        if "territory" in (values := changes[candidate.id].values)
        and values["territory"] != candidate.territory_id
    }
    touched = {pk for pk, changed in columns.items() if not changed.isdisjoint(RULED)} | set(chosen)
    return place_customers(touched, chosen=chosen, by=by) if touched else []


def _hand_over(picked: list[Candidate], changes: Mapping[int, Draft], by: Actor) -> list[int]:
    """A changed owner goes through the same action as an assignment."""
    by_owner: dict[int | None, list[int]] = {}
    for candidate in picked:
        values = changes[candidate.id].values
        if "owner" in values and values["owner"] != candidate.owner_id:
            by_owner.setdefault(values["owner"], []).append(candidate.id)
    owners = User.objects.in_bulk([owner for owner in by_owner if owner])
    moved = [
        assign_customers(ids, owner=owners.get(owner) if owner else None, by=by).changed
        for owner, ids in by_owner.items()
    ]
    return [pk for ids in moved for pk in ids]
