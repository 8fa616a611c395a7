"""Who might be here already: told while a customer or contact is typed (CUS-3, CUS-22)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from leadline.core.search import alike_ids
from leadline.core.sets import array_of
from leadline.customers.likeness import Alike, Features, Rules, features_of, rules_for, weigh
from leadline.customers.likeness.features import COLUMNS, features
from leadline.customers.likeness.providers import without_provider
from leadline.customers.likeness.weighing import in_words
from leadline.customers.models import Contact, Customer
from leadline.customers.policies import may_know_owners
from leadline.people.models import User
from leadline.people.scope import Reach, reach

CANDIDATES = 30
_SAME = (
    "(SELECT id FROM customers_customer WHERE archived_at IS NULL AND {column} = %s"
    f" ORDER BY id LIMIT {CANDIDATES})"
)
_LIKE = f"""
WITH found AS (
  SELECT unnest(%s::bigint[]) AS id
   UNION {_SAME.format(column="email")}
   UNION {_SAME.format(column="phone")}
)
SELECT id, name_key, email, phone, website, address, city, postcode, country
  FROM found JOIN customers_customer USING (id) WHERE archived_at IS NULL
"""
SHOWN = 5
Typed = Mapping[str, Any]


@dataclass(frozen=True)
class Likeness:
    """A record that may be the same, how sure that is in percent, and why. One out of sight is told without
    its name; `ask` is its owner, where the person may know.
    """

    record: Any
    score: int
    reasons: list[str]
    is_visible: bool
    ask: str = ""

    @property
    def customer(self) -> Customer:
        """The customer, or that of the contact."""
        found: Customer = self.record.customer if isinstance(self.record, Contact) else self.record
        return found


def likely_duplicates(user: User, *, limit: int = SHOWN, **typed: Any) -> list[Likeness]:
    """Customers that may be what was typed (cleaned fields by name), the surest first."""
    found = without_provider(features_of(typed))
    if not found.words and not found.email and not found.phone:
        return []
    rows = Customer.objects.current().select_related("owner")
    return _told(user, found, _customers_like(typed, found), rows, rules_for("customer"), limit)


def likely_contacts(
    user: User, *, customer: int | None = None, limit: int = SHOWN, **typed: Any
) -> list[Likeness]:
    """Contacts that may be who was typed: the same e-mail anywhere, or alike at the same customer."""
    found = without_provider(features_of({**typed, "customer_id": customer}))
    rows = Contact.objects.current()
    same = rows.filter(email=typed["email"])[:CANDIDATES] if typed.get("email") else []
    beside = rows.filter(customer=customer).order_by("pk")[:200] if customer and found.words else []
    known = {row.pk: features_of(_columns_of(row)) for row in (*same, *beside)}
    rows = rows.select_related("customer__owner")
    return _told(user, found, known.values(), rows, rules_for("contact"), limit)


def _customers_like(typed: Typed, found: Features) -> list[Features]:
    """Those that an index finds: names and domains alike, same e-mail, same phone."""
    ids: set[int] = set()
    for words in (found.name, found.domain):
        if words.strip():
            ids.update(alike_ids("customer", words, Reach(everything=True), limit=CANDIDATES))
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, [array_of(ids), typed.get("email") or None, typed.get("phone") or None])
        return [features(*row) for row in cursor.fetchall()]


def _told(
    user: User, typed: Features, known: Iterable[Features], rows: QuerySet[Any], rules: Rules, limit: int
) -> list[Likeness]:
    """Only what is told is read as a whole, from `rows`."""
    weighed = [(weigh(typed, each, rules, rules.warn), each.id) for each in known if each.id != typed.id]
    alike = sorted(
        ((found, key) for found, key in weighed if found.score >= rules.warn),
        key=lambda pair: (-pair[0].score, pair[1]),
    )[:limit]
    if not alike:
        return []
    within = reach(user, "customer", "view")
    records = rows.in_bulk([key for _found, key in alike])
    return [_likeness(found, records[key], user, within) for found, key in alike if key in records]


def _likeness(found: Alike, row: Any, user: User, within: Reach) -> Likeness:
    customer = row.customer if isinstance(row, Contact) else row
    seen = within.covers(customer.owner_id, customer.team_id, customer.territory_id)
    ask = str(customer.owner) if not seen and customer.owner and may_know_owners(user) else ""
    return Likeness(row, found.score, in_words(found.reasons), seen, ask)


def _columns_of(record: Contact) -> dict[str, Any]:
    """The columns of a contact that likeness asks for."""
    return {name: getattr(record, name, None) for name in COLUMNS}
