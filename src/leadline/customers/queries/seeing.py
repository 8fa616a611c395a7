"""One customer as a page shows it, in one query: with owner, team, territory and parent (CUS-9)."""

from leadline.core.planned import planned
from leadline.core.reading import attributes_of, columns_of, record_of
from leadline.customers.models import Customer
from leadline.people.models import Team, Territory, User
from leadline.people.scope import reach

_CUSTOMER = attributes_of(Customer)
_OWNER = attributes_of(User, "id", "email", "name")
_TEAM = attributes_of(Team, "id", "name")
_TERRITORY = attributes_of(Territory, "id", "name")
_PARENT = attributes_of(Customer, "id", "name", "owner_id", "team_id", "territory_id")
_SEEN = f"""
SELECT {columns_of(Customer, "customers_customer")}, {columns_of(User, "owner", *_OWNER)},
       {columns_of(Team, "team", *_TEAM)}, {columns_of(Territory, "territory", *_TERRITORY)},
       {columns_of(Customer, "parent", *_PARENT)}
  FROM customers_customer
  LEFT JOIN people_user owner ON owner.id = customers_customer.owner_id
  LEFT JOIN people_team team ON team.id = customers_customer.team_id
  LEFT JOIN people_territory territory ON territory.id = customers_customer.territory_id
  LEFT JOIN customers_customer parent ON parent.id = customers_customer.parent_id
 WHERE customers_customer.id = %s AND
"""


def customer_seen_by(user: User, pk: int) -> Customer | None:
    """The customer, if this person sees it; the same as `Customer.objects.visible_to`, a test holds it."""
    condition, params = reach(user, "customer", "view").sql("customers_customer")
    with planned() as cursor:
        cursor.execute(f"{_SEEN} {condition}", [pk, *params])
        row = cursor.fetchone()
    if row is None:
        return None
    values = iter(row)
    own, owner, team, territory, parent = (
        [next(values) for _name in names] for names in (_CUSTOMER, _OWNER, _TEAM, _TERRITORY, _PARENT)
    )
    customer = record_of(Customer, _CUSTOMER, own)
    customer.owner = record_of(User, _OWNER, owner) if customer.owner_id else None
    customer.team = record_of(Team, _TEAM, team) if customer.team_id else None
    customer.territory = record_of(Territory, _TERRITORY, territory) if customer.territory_id else None
    customer.parent = record_of(Customer, _PARENT, parent) if customer.parent_id else None
    return customer
