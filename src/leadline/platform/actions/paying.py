"""Payments out of events, with the sums that were deposited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection

from leadline.core.actions import Actor
from leadline.core.events import publish_many
from leadline.core.sets import copy_rows, fresh_ids
from leadline.platform.actions.users import Known
from leadline.platform.events import PaymentsReceived
from leadline.platform.kinds import PAYMENTS
from leadline.platform.models import Payment
from leadline.platform.reading.events import Told

_COLUMNS = (
    *("id", "user_id", "at", "kind", "state", "method", "amount", "currency", "reason", "account"),
    *("made_by", "country", "event_id", "received_at"),
)
_ADD_UP = """
INSERT INTO platform_depositedsum AS known (user_id, currency, amount)
SELECT user_id, currency, amount
  FROM unnest(%s::bigint[], %s::text[], %s::numeric[]) AS told (user_id, currency, amount)
 ORDER BY user_id, currency
    ON CONFLICT (user_id, currency) DO UPDATE SET amount = known.amount + excluded.amount
"""


def keep_payments(told: Sequence[Told], users: Mapping[str, Known], *, at: datetime, by: Actor) -> None:
    """Write the payments among new events, add up what was deposited, and let those above know."""
    paying = [one for one in told if one.kind.key in PAYMENTS]
    if not paying:
        return
    ids = fresh_ids(Payment, len(paying))
    rows = [_row(pk, one, users[one.user], at) for pk, one in zip(ids, paying, strict=True)]
    copy_rows(Payment, _COLUMNS, rows)
    _add_up(paying, users)
    counts = defaultdict(int, {kind: 0 for kind in PAYMENTS})
    for one in paying:
        counts[one.kind.key] += 1
    publish_many(
        PaymentsReceived,
        ids,
        kind="payment",
        by=by,
        deposits=counts["deposit"],
        failed=counts["deposit_failed"],
        withdrawals=counts["withdrawal"],
    )


def _row(pk: int, one: Told, user: Known, at: datetime) -> list[object]:
    details = one.details
    kind = Payment.Kind.WITHDRAWAL if one.kind.key == "withdrawal" else Payment.Kind.DEPOSIT
    state = Payment.State.FAILED if one.kind.key == "deposit_failed" else Payment.State.DONE
    return [
        *(pk, user.id, one.at, kind.value, state.value),
        *(details.get("method", ""), Decimal(details["amount"]), details["currency"]),
        *(details.get("reason", ""), details.get("account", ""), details.get("by", "")),
        one.facts.get("country") or user.country,
        one.event_id,
        at,
    ]


def _add_up(paying: Sequence[Told], users: Mapping[str, Known]) -> None:
    sums: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for one in paying:
        if one.kind.key == "deposit":
            sums[users[one.user].id, one.details["currency"]] += Decimal(one.details["amount"])
    if sums:
        with connection.cursor() as cursor:
            cursor.execute(
                _ADD_UP,
                [[key for key, _ in sums], [currency for _, currency in sums], list(sums.values())],
            )
