"""Which drafts are customers or contacts that are here already, by the key that people chose (SIG-12)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from leadline.core.drafts import Draft, OnDuplicate
from leadline.core.fields import catalogue
from leadline.core.normalise.text import sort_key
from leadline.core.refusals import RuleBroken
from leadline.core.sets import array_of
from leadline.customers.models import Contact, Customer
from leadline.customers.queries.external_ids import holders_of
from leadline.customers.queries.merged import survivors_of

Key = str  # "email", "phone", "name", "id", "external_id", or the name of a custom field that is a key
COLUMNS = {"email": "email", "phone": "phone", "name": "name_key", "id": "id"}
KEYS: tuple[Key, ...] = ("email", "phone", "name", "external_id", "id")
# What names one record wherever it is; a contact's e-mail, phone and name are looked for at its customer.
EVERYWHERE = ("id", "external_id")

# One writer at a time may ask "is it here?" and then add it: two imports of one file make one customer each.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('customers.matching'))"
_CONTACTS_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('customers.contacts'))"


@dataclass
class Known:
    """Identity → the oldest record that has it, and how many have it where that is more than one.

    `customers` tells of contacts whose they are. Those of `merged` name a record by what belonged to one that
    was merged into it; those of `lost` one that was merged, moved or archived while its lock was waited for.
    """

    ids: dict[Any, int] = field(default_factory=dict)
    several: dict[Any, int] = field(default_factory=dict)
    customers: dict[int, int] = field(default_factory=dict)
    merged: set[Any] = field(default_factory=set)
    lost: set[Any] = field(default_factory=set)
    _told: tuple[str, str] | None = None  # thousands of rows may be refused by the same words

    def unclear(self, identity: Any, key: Key, kind: str) -> tuple[RuleBroken, ...]:
        """The refusal of what several records have: which one is meant is never guessed."""
        if identity in self.lost:
            words = _("Somebody has just merged, moved or archived this one. Bring this row again.")
            return (RuleBroken(words, field=key),)
        if identity not in self.several:
            return ()
        if self._told is None:
            words = _(
                "%(count)s records have the same %(field)s (“%(value)s”). Choose another key, or merge them."
            )
            self._told = words, str(catalogue(kind).field(key).label)
        words, label = self._told
        value = identity[-1] if isinstance(identity, tuple) else identity
        message = words % {"count": self.several[identity], "field": label, "value": str(value)[:60]}
        return (RuleBroken(message, field=key, value=value),)


def identity_of(draft: Draft, key: Key, kind: str = "customer") -> Any:
    """By what a draft is known; None when it lacks the key, and so matches nothing."""
    if key == "name":
        return sort_key(draft.values.get("name") or "") or None
    if key == "external_id":
        return next(iter(draft.values.get("external_id", ())), None)
    if key == "phone" and "phone" in draft.unclear:
        return None
    value = draft.values.get(key)
    if value is None or value == "":
        return None
    return value if key in COLUMNS else _as_stored(kind, key, value)


def _as_stored(kind: str, key: Key, value: Any) -> str:
    """A custom field's value as the text that its column and index hold (CUS-21)."""
    stored = catalogue(kind).field(key).kind.stored(value)
    return stored if isinstance(stored, str) else json.dumps(stored, default=str)


def contact_identity_of(draft: Draft, key: Key) -> Any:
    """The same of a contact: with its customer, unless the key names one person everywhere."""
    identity = identity_of(draft, key, "contact")
    if identity is None or is_known_everywhere(key):
        return identity
    return (draft.values.get("customer"), identity)


def is_known_everywhere(key: Key) -> bool:
    """Whether a key names one record in the whole database."""
    return key in EVERYWHERE or key not in COLUMNS


def known_customers(drafts: Sequence[Draft], key: Key, on_duplicate: OnDuplicate) -> Known:
    """Which customers in use have the identities of drafts; archived ones don't count.

    What a customer had before it was merged leads to the one that it became (CUS-23).
    """
    if on_duplicate == "create" and key != "id":
        return Known()
    wanted = list({identity for draft in drafts if (identity := identity_of(draft, key)) is not None})
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
    if key == "external_id":
        return Known({pair: pk for pair, (pk, in_use) in holders_of("customer", wanted).items() if in_use})
    column = _column("customer", key)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column}, min(id), count(*) FROM customers_customer"
            f" WHERE {column} = ANY(%s) AND archived_at IS NULL GROUP BY 1",
            [array_of(wanted)],
        )
        known = _known(cursor.fetchall())
    if key != "id":
        _follow_merges(known, column, [identity for identity in wanted if identity not in known.ids])
    return known


def _follow_merges(known: Known, column: str, wanted: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column}, max(id) FROM customers_customer WHERE {column} = ANY(%s)"
            " AND merged_into_id IS NOT NULL AND erased_at IS NULL GROUP BY 1",
            [array_of(wanted)],
        )
        gone = dict(cursor.fetchall())
    if not gone:
        return
    became = survivors_of(Customer, list(gone.values()))
    in_use = set(Customer.objects.current().filter(pk__in=set(became.values())).values_list("pk", flat=True))
    found = {identity: became[pk] for identity, pk in gone.items() if became[pk] in in_use}
    known.ids |= found
    known.merged |= set(found)


def known_contacts(drafts: Sequence[Draft], key: Key, on_duplicate: OnDuplicate) -> Known:
    """Which contacts in use have the identities of drafts, and whose they are."""
    if on_duplicate == "create" and key != "id":
        return Known()
    identities = {contact_identity_of(draft, key) for draft in drafts} - {None}
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS_ONE_AT_A_TIME)
        if is_known_everywhere(key):
            known = _contacts_everywhere(cursor, key, list(identities))
        else:
            cursor.execute(
                f"SELECT customer_id, {COLUMNS[key]}, min(id), count(*) FROM customers_contact"
                " WHERE customer_id = ANY(%s) AND archived_at IS NULL GROUP BY 1, 2",
                [sorted({customer for customer, _value in identities if customer})],
            )
            rows = [((customer, value), pk, count) for customer, value, pk, count in cursor.fetchall()]
            known = _known(row for row in rows if row[0] in identities)
        cursor.execute(
            "SELECT id, customer_id FROM customers_contact WHERE id = ANY(%s)", [list(known.ids.values())]
        )
        known.customers = dict(cursor.fetchall())
    return known


def follow_contacts(known: Known, key: Key, locked: set[int]) -> None:
    """Look again at known contacts when their customers are locked: one merged meanwhile is its survivor.

    A survivor whose customer is not among the `locked` ones, and what was moved or archived, is lost.
    """
    current = Contact.objects.current()
    at = dict(current.filter(pk__in=set(known.ids.values())).values_list("pk", "customer_id"))
    gone = {identity: pk for identity, pk in known.ids.items() if at.get(pk) != known.customers.get(pk)}
    if not gone:
        return
    became = survivors_of(Contact, sorted(set(gone.values()))) if key != "id" else {}
    homes = dict(
        current.filter(pk__in=set(became.values()), customer__in=locked).values_list("pk", "customer_id")
    )
    found = {identity: became[pk] for identity, pk in gone.items() if became.get(pk) in homes}
    known.ids |= found
    known.customers |= homes
    known.merged |= set(found)
    known.lost |= gone.keys() - found.keys()


def _contacts_everywhere(cursor: Any, key: Key, wanted: list[Any]) -> Known:
    if key == "external_id":
        return Known({pair: pk for pair, (pk, in_use) in holders_of("contact", wanted).items() if in_use})
    column = _column("contact", key)
    cursor.execute(
        f"SELECT {column}, min(id), count(*) FROM customers_contact"
        f" WHERE {column} = ANY(%s) AND archived_at IS NULL GROUP BY 1",
        [array_of(wanted)],
    )
    return _known(cursor.fetchall())


def _known(rows: Any) -> Known:
    known = Known()
    for identity, pk, count in rows:
        known.ids[identity] = pk
        if count > 1:
            known.several[identity] = count
    return known


def _column(kind: str, key: Key) -> str:
    """The SQL of a key: a column of ours, or a custom field as its index has it."""
    about = catalogue(kind)
    return COLUMNS.get(key) or f"({about.custom} ->> '{about.field(key).name}')"
