"""The list of customers, as the engine of lists wants to know it."""

from leadline.core.lists.door import Door, register_list
from leadline.people.queries import name_of, teams_to_choose, territories_to_choose
from leadline.people.scope import reach
from leadline.segments.kinds import Segmentable, register_segmentable

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

register_segmentable(
    Segmentable(
        kind="customer",
        permission="customer",
        naming=name_of,
        follows={"pulse": ("activity",)},
        page="customers:page",
        listed="customers:list",
        sources=CUSTOMERS.sources,
        options=CUSTOMERS.options,
    )
)
register_segmentable(
    Segmentable(
        kind="contact",
        permission="customer",
        naming=name_of,
        sources=CUSTOMERS.sources,
        options=CUSTOMERS.options,
    )
)
