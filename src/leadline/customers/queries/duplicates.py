"""Who might be here already: told while a customer or contact is typed (CUS-3, CUS-22)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leadline.core.search import search_ids
from leadline.customers.likeness import Alike, Features, Rules, features_of, rules_for, weigh
from leadline.customers.likeness.features import COLUMNS
from leadline.customers.likeness.providers import without_provider
from leadline.customers.likeness.weighing import in_words
from leadline.customers.models import Contact, Customer
from leadline.customers.policies import may_know_owners
from leadline.people.models import User
from leadline.people.scope import Reach, reach

CANDIDATES = 30
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
    rows = Customer.objects.current().select_related("owner").filter(pk__in=_customers_like(typed, found))
    return _told(user, found, rows, rules_for("customer"), limit)


def likely_contacts(
    user: User, *, customer: int | None = None, limit: int = SHOWN, **typed: Any
) -> list[Likeness]:
    """Contacts that may be who was typed: the same e-mail anywhere, or alike at the same customer."""
    found = without_provider(features_of({**typed, "customer_id": customer}))
    rows = Contact.objects.current().select_related("customer__owner")
    same = rows.filter(email=typed["email"])[:CANDIDATES] if typed.get("email") else []
    beside = rows.filter(customer=customer).order_by("pk")[:200] if customer and found.words else []
    candidates = {row.pk: row for row in (*same, *beside)}
    return _told(user, found, candidates.values(), rules_for("contact"), limit)


def _customers_like(typed: Typed, found: Features) -> set[int]:
    """Ids of those that an index finds: same e-mail, same phone, names and domains alike."""
    rows = Customer.objects.current().order_by("pk").values_list("pk", flat=True)
    same = [rows.filter(**{name: typed[name]})[:CANDIDATES] for name in ("email", "phone") if typed.get(name)]
    ids = set(same[0].union(*same[1:])) if same else set()
    for words in (found.name, found.domain):
        if words.strip():
            ids.update(search_ids("customer", words, Reach(everything=True), limit=CANDIDATES))
    return ids


def _told(user: User, typed: Features, rows: Iterable[Any], rules: Rules, limit: int) -> list[Likeness]:
    weighed = [(weigh(typed, features_of(vars_of(row)), rules), row) for row in rows]
    alike = sorted(
        ((found, row) for found, row in weighed if found.score >= rules.warn and row.pk != typed.id),
        key=lambda pair: (-pair[0].score, pair[1].pk),
    )
    within = reach(user, "customer", "view")
    return [_likeness(found, row, user, within) for found, row in alike[:limit]]


def _likeness(found: Alike, row: Any, user: User, within: Reach) -> Likeness:
    customer = row.customer if isinstance(row, Contact) else row
    seen = within.covers(customer.owner_id, customer.team_id, customer.territory_id)
    ask = str(customer.owner) if not seen and customer.owner and may_know_owners(user) else ""
    return Likeness(row, found.score, in_words(found.reasons), seen, ask)


def vars_of(record: Customer | Contact) -> dict[str, Any]:
    """The columns of a record that likeness asks for."""
    return {name: getattr(record, name, None) for name in COLUMNS}
