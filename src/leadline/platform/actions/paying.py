"""Payments out of events, with the sums that were deposited."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from leadline.core.events import About
from leadline.core.planned import planned
from leadline.platform.actions.users import Known
from leadline.platform.events import PaymentsReceived
from leadline.platform.kinds import PAYMENTS
from leadline.platform.models import Payment
from leadline.platform.reading.events import Told

Happened = tuple[PaymentsReceived, About]
# One statement: asking for keys, copying and adding up apart took as long as five hundred other events.
_KEEP = """
WITH told AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(rows)s::json) AS told (
           user_id bigint, at timestamptz, kind text, state text, method text, amount numeric, currency text,
           reason text, account text, made_by text, country text, event_id text)
), kept AS (
    INSERT INTO platform_payment (user_id, at, kind, state, method, amount, currency, reason, account,
                                  made_by, country, event_id, received_at)
    SELECT user_id, at, kind, state, method, amount, currency, reason, account,
           made_by, country, event_id, %(now)s FROM told RETURNING id
), added AS (
    INSERT INTO platform_depositedsum AS known (user_id, currency, amount)
    SELECT user_id, currency, sum(amount) FROM told WHERE kind = 'deposit' AND state = 'done'
     GROUP BY user_id, currency ORDER BY user_id, currency
        ON CONFLICT (user_id, currency) DO UPDATE SET amount = known.amount + excluded.amount
)
SELECT array_agg(id ORDER BY id) FROM kept
"""


def keep_payments(told: Sequence[Told], users: Mapping[str, Known], *, at: datetime) -> Iterator[Happened]:
    """Write the payments among new events and add up what was deposited; gives what is to be told of them."""
    paying = [one for one in told if one.kind.key in PAYMENTS]
    if not paying:
        return
    with planned() as cursor:
        cursor.execute(_KEEP, {"rows": json.dumps([_row(one, users[one.user]) for one in paying]), "now": at})
        (ids,) = cursor.fetchone()
    counts = Counter(one.kind.key for one in paying)
    event = PaymentsReceived(
        deposits=counts["deposit"], failed=counts["deposit_failed"], withdrawals=counts["withdrawal"]
    )
    yield event, {"payment": ids}


def _row(one: Told, user: Known) -> dict[str, object]:
    details = one.details
    kind = Payment.Kind.WITHDRAWAL if one.kind.key == "withdrawal" else Payment.Kind.DEPOSIT
    state = Payment.State.FAILED if one.kind.key == "deposit_failed" else Payment.State.DONE
    return {
        "user_id": user.id,
        "at": one.at.isoformat(),
        "kind": kind.value,
        "state": state.value,
        "method": details.get("method", ""),
        "amount": details["amount"],
        "currency": details["currency"],
        "reason": details.get("reason", ""),
        "account": details.get("account", ""),
        "made_by": details.get("by", ""),
        "country": one.facts.get("country") or user.country,
        "event_id": one.event_id,
    }
