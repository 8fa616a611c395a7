"""The log of payments, as the engine of lists wants to know it (PLT-5)."""

from leadline.core.lists.door import Door, register_list
from leadline.people.queries import name_of
from leadline.platform.reaching import payments_reached

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
