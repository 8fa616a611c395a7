"""What is counted of payments (PLT-5, PRF-2)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.core.metrics import Measure, Metric, register_metric
from leadline.core.metrics.rollups import Rollup, register_rollup
from leadline.platform.policies import sees_payments
from leadline.platform.reaching import payments_reached

DEPOSIT = {"field": "kind", "op": "equals", "value": "deposit"}
DONE = {"field": "state", "op": "equals", "value": "done"}
FAILED = {"field": "state", "op": "equals", "value": "failed"}
register_rollup(Rollup(kind="payment", at="at", amount="amount", currency="currency"))
_OF_PAYMENTS: dict[str, Any] = {
    "kind": "payment",
    "at": "at",
    "person": "owner",
    "reach": payments_reached,
    "seen_by": sees_payments,
    "groups": ("method", "country", "currency"),
}

DEPOSITS = register_metric(
    Metric(
        name="deposits",
        label=_("Deposits"),
        definition=_("Deposits that arrived, by the present owner of the customer who paid."),
        where={"and": [DEPOSIT, DONE]},
        rolled="deposits",
        **_OF_PAYMENTS,
    )
)
DEPOSIT_AMOUNT = register_metric(
    Metric(
        name="deposit_amount",
        label=_("Amount of deposits"),
        definition=_(
            "What the deposits that arrived add up to, each currency for itself, by the present owner of the"
            " customer who paid."
        ),
        where={"and": [DEPOSIT, DONE]},
        measure=Measure("sum", "amount", currency="currency"),
        unit="money",
        rolled="deposits",
        **_OF_PAYMENTS,
    )
)
FAILED_DEPOSITS = register_metric(
    Metric(
        name="failed_deposits",
        label=_("Failed deposits"),
        definition=_("Deposits that were tried and failed, by the present owner of the customer."),
        where={"and": [DEPOSIT, FAILED]},
        better="less",
        rolled="failed_deposits",
        **{**_OF_PAYMENTS, "groups": (*_OF_PAYMENTS["groups"], "reason")},
    )
)
