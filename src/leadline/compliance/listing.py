"""The list of procedures, as the engine of lists wants to know it, with the views it comes with."""

from django.utils.translation import gettext_lazy as _

from leadline.core.lists.door import Door, Ready, register_list
from leadline.people.queries import name_of
from leadline.people.scope import reach

STATE_TONES = {"collecting": "info", "review": "warn", "approved": "good", "declined": "bad"}
READY = (
    Ready(
        "to-review",
        _("To be reviewed"),
        {"field": "state", "op": "equals", "value": "review"},
        columns=("name", "state_since", "owner", "amount", "currency"),
    ),
    Ready(
        "expiring",
        _("Expiring"),
        {"field": "expires_on", "op": "in_next", "value": 60, "unit": "days"},
        sort="expires_on",
        columns=("name", "expires_on", "state", "owner", "decided_by"),
    ),
)
PROCEDURES = register_list(
    Door(
        kind="procedure",
        space="compliance",
        reach=reach,
        naming=name_of,
        beside=("name",),
        tones={"state": STATE_TONES},
        quick=("state", "owner"),
        sources={"user": "people:options"},
        searched=False,
        ready=READY,
    )
)
