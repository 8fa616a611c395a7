"""What is counted of credited deposits, for whoever was the account manager then (PLT-6, PRF-2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.automation.reaching import credits_reached
from leadline.core.metrics import Measure, Metric, register_metric
from leadline.core.metrics.rollups import Rollup, register_rollup
from leadline.platform.policies import sees_payments

register_rollup(Rollup(kind="credit", at="at", person="user_id", amount="amount", currency="currency"))
_OF_CREDITS: dict[str, Any] = {
    "kind": "credit",
    "at": "at",
    "person": "user",
    "reach": credits_reached,
    "seen_by": sees_payments,
    "groups": ("method", "currency"),
    "rolled": "credited_deposits",
}

CREDITED_DEPOSITS = register_metric(
    Metric(
        name="credited_deposits",
        label=_("Deposits on existing accounts"),
        definition=_(
            "Deposits on existing accounts, each counted for whoever was the account manager when it came,"
            " whoever owns the customer now."
        ),
        **_OF_CREDITS,
    )
)
CREDITED_AMOUNT = register_metric(
    Metric(
        name="credited_amount",
        label=_("Amount on existing accounts"),
        definition=_(
            "What deposits on existing accounts add up to, each currency for itself, for whoever was the"
            " account manager when they came."
        ),
        measure=Measure("sum", "amount", currency="currency"),
        unit="money",
        **_OF_CREDITS,
    )
)
