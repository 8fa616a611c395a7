"""What became of a play: each event that was sent is stored once (PLT-2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from leadline.config.playing.sending import Sent

_STORED = """
SELECT count(*), count(DISTINCT event_id) FROM platform_platformevent
 WHERE at >= now() - %(days)s * interval '1 day' - interval '1 day' AND event_id ^@ %(run)s
"""
_PAID = """
SELECT (SELECT count(*) FROM platform_platformevent
         WHERE at >= now() - %(days)s * interval '1 day' - interval '1 day' AND event_id ^@ %(run)s
           AND kind IN ('deposit', 'deposit_failed', 'withdrawal')),
       (SELECT count(*) FROM platform_payment
         WHERE at >= now() - %(days)s * interval '1 day' - interval '1 day' AND event_id ^@ %(run)s),
       (SELECT count(DISTINCT event_id) FROM platform_payment
         WHERE at >= now() - %(days)s * interval '1 day' - interval '1 day' AND event_id ^@ %(run)s)
"""


@dataclass(frozen=True)
class Stored:
    """What the database holds of a play; all is well where nothing is doubled or missing."""

    stored: int
    doubled: int
    missing: int
    payments: int
    payments_doubled: int
    payments_missing: int

    @property
    def is_well(self) -> bool:
        """Whether each event, and each payment, is there once."""
        return not (self.doubled or self.missing or self.payments_doubled or self.payments_missing)


def what_is_stored(sent: Sent, *, run: str, days: float) -> Stored:
    """Count what is there of a run; what was refused counts as missing."""
    given: dict[str, Any] = {"run": f"{run}-", "days": days}
    with connection.cursor() as cursor:
        cursor.execute(_STORED, given)
        stored, different = cursor.fetchone()
        cursor.execute(_PAID, given)
        paying, payments, paid = cursor.fetchone()
    return Stored(
        stored,
        stored - different + sent.accepted_again,
        sent.sent - different,
        payments,
        payments - paid,
        paying - paid,
    )
