"""The list of credited deposits: the records behind the figures of the target board (PLT-6, WSP-6)."""

from leadline.automation.reaching import credits_reached
from leadline.core.lists.door import Door, register_list
from leadline.people.queries import name_of

CREDITED = register_list(
    Door(
        kind="credit",
        space="credits",
        reach=credits_reached,
        naming=name_of,
        beside=("amount", "currency"),
        quick=("user", "method"),
        sources={"user": "people:options", "customer": "customers:options"},
        searched=False,
    )
)
