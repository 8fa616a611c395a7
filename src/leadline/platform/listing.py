"""The log of payments and what customers use, as the engine of lists wants to know them (PLT-5, PLT-7)."""

from leadline.core.lists.door import Door, register_list
from leadline.people.queries import name_of
from leadline.plans.queries import capabilities_to_choose
from leadline.platform.reaching import payments_reached, usage_reached

STATE_TONES = {"done": "good", "failed": "bad"}
OPENS_WITH = '{"field":"at","op":"in_last","value":7,"unit":"days"}'

PAYMENTS = register_list(
    Door(
        kind="payment",
        space="payments",
        reach=payments_reached,
        naming=name_of,
        beside=("payer", "customer_id"),
        tones={"state": STATE_TONES},
        quick=("kind", "state", "owner"),
        sources={"user": "people:options", "customer": "customers:options"},
        searched=False,
        opens_with=OPENS_WITH,
    )
)

USE_TONES = {
    "near": "warn",
    "full": "warn",
    "over": "bad",
    "outside": "info",
    "within": "good",
    "free": "neutral",
}
USES = register_list(
    Door(
        kind="usage",
        space="usage",
        reach=usage_reached,
        naming=name_of,
        beside=("customer", "customer_id"),
        tones={"state": USE_TONES},
        quick=("capability", "state", "owner"),
        sources={"user": "people:options", "customer": "customers:options"},
        options={"capability": capabilities_to_choose},
        searched=False,
    )
)
