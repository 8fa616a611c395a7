"""One customer as a page shows it, in one query: with owner, team, territory and parent (CUS-9)."""

from leadline.core.reading import Reading
from leadline.customers.models import Customer
from leadline.people.models import User
from leadline.people.scope import reach

_SEEN = Reading(
    Customer,
    owner=("id", "email", "name"),
    team=("id", "name"),
    territory=("id", "name"),
    parent=("id", "name", "owner_id", "team_id", "territory_id"),
)


def customer_seen_by(user: User, pk: int) -> Customer | None:
    """The customer, if this person sees it; the same as `Customer.objects.visible_to`, a test holds it."""
    condition, params = reach(user, "customer", "view").sql(_SEEN.table)
    return _SEEN.one(pk, condition, params)
