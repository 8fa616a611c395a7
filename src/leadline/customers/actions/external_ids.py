"""By what other systems know customers and contacts: noted by imports and by programs (CUS-20)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, lock
from leadline.core.drafts import Draft
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.core.sets import array_of
from leadline.customers.actions.picking import require_edit
from leadline.customers.events import CustomersChanged
from leadline.customers.models import Contact, Customer
from leadline.customers.queries.external_ids import MODELS, clean_external_id, holders_of, known_spelling
from leadline.customers.verbs import ERASED

_NOTE = """
INSERT INTO {table} AS known (system, value, {kind}_id)
SELECT * FROM unnest(%s::text[], %s::text[], %s::bigint[])
    ON CONFLICT (value, system) DO UPDATE SET {kind}_id = excluded.{kind}_id
 WHERE known.{kind}_id <> excluded.{kind}_id
RETURNING {kind}_id
"""
Pairs = dict[tuple[str, str], int]


class Claims:
    """Which record each external id of a set of drafts belongs to; nobody takes one that is in use."""

    def __init__(self, kind: str, drafts: Iterable[Draft]):
        self.kind = kind
        wanted = {pair for draft in drafts for pair in draft.values.get("external_id", ())}
        self.held = holders_of(kind, wanted)
        self.claimed: dict[tuple[str, str], object] = {}

    def broken_by(self, draft: Draft, whose: object) -> tuple[RuleBroken, ...]:
        """The refusal of an id that another record has, or another row of the same file has claimed."""
        pairs = draft.values.get("external_id", ())
        if not pairs:
            return ()
        for pair in pairs:
            holder, in_use = self.held.get(pair, (None, False))
            taken = (in_use and holder != whose) or self.claimed.get(pair, whose) != whose
            if taken:
                words = {
                    "customer": _("Another customer has the external id “%(id)s”."),
                    "contact": _("Another contact has the external id “%(id)s”."),
                }
                message = words[self.kind] % {"id": ":".join(pair)}
                return (RuleBroken(message, field="external_id", value=":".join(pair)),)
        self.claimed.update(dict.fromkeys(pairs, whose))
        return ()


def with_external_ids(draft: Draft, before: Draft) -> Draft:
    """A draft that was joined with one before it keeps the external ids of both."""
    pairs = (*before.values.get("external_id", ()), *draft.values.get("external_id", ()))
    if not pairs:
        return draft
    return replace(draft, values={**draft.values, "external_id": tuple(dict.fromkeys(pairs))})


def note_external_ids(kind: str, drafts: Mapping[int, Draft]) -> set[int]:
    """Keep the external ids of drafts (record → draft), from archived records too; returns what changed."""
    pairs: Pairs = {
        pair: key for key, draft in drafts.items() for pair in draft.values.get("external_id", ())
    }
    return _noted(kind, pairs) if pairs else set()


@action
def set_external_ids(
    record: Customer | Contact, *, system: str, values: Iterable[str], by: Actor
) -> list[tuple[str, str]]:
    """Say by what a system knows a record; none removes what it said before. A system that is known already
    keeps its spelling. Raises `RuleBroken`."""
    kind = "customer" if isinstance(record, Customer) else "contact"
    customer = lock(Customer(pk=record.pk if isinstance(record, Customer) else record.customer_id))
    require_edit(customer, by=by)
    if words := ERASED(record):
        raise RuleBroken(words)
    name = known_spelling(clean_external_id(system, "-")[0])
    pairs = [clean_external_id(name, value) for value in dict.fromkeys(values)]
    draft = Draft(1, {"external_id": tuple(pairs)})
    for broken in Claims(kind, [draft]).broken_by(draft, record.pk):
        raise broken
    rows = MODELS[kind].objects.filter(**{kind: record.pk}, system=name)
    rows.exclude(value__in=[value for _system, value in pairs]).delete()
    note_external_ids(kind, {record.pk: draft})
    publish(CustomersChanged(fields=("external_id",)), by=by, about=[customer])
    return pairs


def _noted(kind: str, pairs: Pairs) -> set[int]:
    systems, values = zip(*pairs, strict=True)
    table = MODELS[kind]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE.format(table=table, kind=kind),
            [array_of(systems), array_of(values), array_of(pairs.values())],
        )
        return {key for (key,) in cursor.fetchall()}
