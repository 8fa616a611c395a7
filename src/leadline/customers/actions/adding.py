"""How customers come in: one from a form, thousands from a file, by the same rules (CUS-3, CUS-19)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.clock import now
from leadline.core.drafts import (
    Draft,
    OnDuplicate,
    Outcome,
    Refused,
    clean_draft,
    joined,
    missing_fields,
    with_defaults,
)
from leadline.core.events import publish_many
from leadline.core.fields import catalogue
from leadline.core.refusals import RuleBroken, RulesBroken
from leadline.core.search import index_new
from leadline.core.sets import copy_rows, fresh_ids
from leadline.customers import policies
from leadline.customers.actions.changing import change_customers
from leadline.customers.actions.cleaning import cleaning_for
from leadline.customers.actions.columns import COLUMNS, PULSE, pulse_of, row_of
from leadline.customers.actions.external_ids import Claims, note_external_ids, with_external_ids
from leadline.customers.actions.matching import Key, Known, identity_of, known_customers
from leadline.customers.actions.placing import place_new
from leadline.customers.actions.receiving import Receiving, receiving
from leadline.customers.events import CustomersAdded
from leadline.customers.models import Customer, Pulse


@action
def add_customer(*, by: Actor, **answers: Any) -> Customer:
    """Add one customer; name and e-mail are enough (CUS-3). Raises `RulesBroken` naming each field."""
    draft = clean_draft(catalogue("customer"), answers, cleaning_for(by))
    outcome = add_customers([draft], by=by)
    for refused in outcome.refused:
        raise RulesBroken(refused.broken)
    return Customer.objects.get(pk=outcome.created[draft.row])


@action
def add_customers(
    drafts: Sequence[Draft], *, on_duplicate: OnDuplicate = "create", key: Key = "email", by: Actor
) -> Outcome:
    """Add many customers at once; a draft that breaks a rule is refused by name, others are kept (CUS-19).

    A draft whose `key` is known already is skipped, updates that customer, or is created all the same. It is
    compared with the drafts before it too, so a file that names a customer twice makes one of it. Where
    several customers have the key, none is updated: the draft is refused (SIG-12).
    """
    require(policies.may_create_customers(by.user), _("Your role can't add customers."))
    known = known_customers(drafts, key, on_duplicate)
    claims = Claims("customer", drafts)
    sorting = _Sorting(on_duplicate, key, known, receiving(drafts, by), claims, by)
    for draft in drafts:
        sorting.take(draft)
    _create(sorting, by)
    _update(sorting, by)
    return sorting.outcome


class _Sorting:
    """Which drafts make a new customer, which join one, and which are refused."""

    def __init__(
        self,
        on_duplicate: OnDuplicate,
        key: Key,
        known: Known,
        owners: Receiving,
        claims: Claims,
        by: Actor,
    ):
        self.on_duplicate, self.key, self.known, self.owners = on_duplicate, key, known, owners
        self.claims, self.by = claims, by
        self.required = catalogue("customer").required
        self.outcome = Outcome()
        self.new: dict[Any, Draft] = {}
        self.joining: list[tuple[int, Any]] = []
        self.changes: dict[int, Draft] = {}
        self.changing: list[tuple[int, int]] = []

    def take(self, draft: Draft) -> None:
        """Decide about one draft, knowing those before it."""
        identity = identity_of(draft, self.key) if self.on_duplicate != "create" or self.key == "id" else None
        known_id = self.known.ids.get(identity) if identity is not None else None
        whose = identity if identity is not None else ("row", draft.row)
        if known_id is not None:
            self._join_known(draft, identity, known_id)
        elif identity is not None and identity in self.new:
            self._join_new(draft, identity)
        elif broken := self._why_not(draft, identity) or self.claims.broken_by(draft, whose):
            self.outcome.refused.append(Refused(draft.row, broken))
        else:
            self.new[whose] = draft

    def _join_known(self, draft: Draft, identity: Any, customer_id: int) -> None:
        if self.on_duplicate == "skip":
            self.outcome.skipped[draft.row] = customer_id
            return
        broken = (
            self.known.unclear(identity, self.key, "customer")
            or self.owners.broken_by(draft)
            or self.claims.broken_by(draft, customer_id)
        )
        if broken:
            self.outcome.refused.append(Refused(draft.row, broken))
            return
        if identity in self.known.merged:  # says who is meant, and is not what the survivor is to have
            draft = replace(draft, values={k: v for k, v in draft.values.items() if k != self.key})
        before = self.changes.get(customer_id)
        self.changes[customer_id] = with_external_ids(joined(before, draft), before) if before else draft
        self.changing.append((draft.row, customer_id))

    def _join_new(self, draft: Draft, identity: Any) -> None:
        if self.on_duplicate == "update":
            if broken := self.claims.broken_by(draft, identity):
                self.outcome.refused.append(Refused(draft.row, broken))
                return
            self.new[identity] = with_external_ids(joined(self.new[identity], draft), self.new[identity])
        self.joining.append((draft.row, identity))

    def _why_not(self, draft: Draft, identity: Any) -> tuple[RuleBroken, ...]:
        if self.key == "id" and identity is not None:
            return (RuleBroken(_("There is no customer with this id."), field="id", value=identity),)
        missing = missing_fields(catalogue("customer"), draft, self.by.user, required=self.required)
        return missing + self.owners.broken_by(draft)


def _create(sorting: _Sorting, by: Actor) -> None:
    drafts = with_defaults(catalogue("customer"), sorting.new.values())
    ids = fresh_ids(Customer, len(drafts)) if drafts else []
    moment = str(now())  # written down once, not for each row
    rows = [row_of(draft, pk, sorting.owners, moment) for draft, pk in zip(drafts, ids, strict=True)]
    if rows:
        place_new(rows, [draft.values.get("territory") for draft in drafts])
        copy_rows(Customer, COLUMNS, rows)
        copy_rows(Pulse, PULSE, [pulse_of(row) for row in rows])
        note_external_ids("customer", dict(zip(ids, drafts, strict=True)))
        index_new("customer", ids)
        publish_many(CustomersAdded, ids, kind="customer", by=by, count=len(ids))
    new_ids = dict(zip(sorting.new, ids, strict=True))
    sorting.outcome.created = {draft.row: new_ids[identity] for identity, draft in sorting.new.items()}
    joined = sorting.outcome.updated if sorting.on_duplicate == "update" else sorting.outcome.skipped
    joined.update({row: new_ids[identity] for row, identity in sorting.joining})


def _update(sorting: _Sorting, by: Actor) -> None:
    if not sorting.changes:
        return
    done = change_customers(sorting.changes, by=by)
    allowed = {pk: draft for pk, draft in sorting.changes.items() if pk not in done.refused}
    changed = set(done.changed) | note_external_ids("customer", allowed)
    for row, customer_id in sorting.changing:
        if customer_id in done.refused:
            broken = RuleBroken(done.refused[customer_id], field=sorting.key)
            sorting.outcome.refused.append(Refused(row, (broken,)))
        elif customer_id in changed:
            sorting.outcome.updated[row] = customer_id
        else:
            sorting.outcome.unchanged[row] = customer_id
