"""The list of customers, as the engine of lists wants to know it."""

from leadline.core.lists.door import Door, register_list
from leadline.people.queries import name_of, teams_to_choose, territories_to_choose
from leadline.people.scope import reach

STATUS_TONES = {"active": "good", "inactive": "warn", "prospect": "info", "churned": "neutral"}

CUSTOMERS = register_list(
    Door(
        kind="customer",
        space="customers",
        reach=reach,
        naming=name_of,
        beside=("name", "email", "blocked", "archived"),
        tones={"status": STATUS_TONES},
        quick=("status", "owner", "tier"),
        sources={"user": "people:options", "customer": "customers:options"},
        options={"team": teams_to_choose, "territory": territories_to_choose},
    )
)
