"""What a million leads did on the platform, by set: ten events each, told by hashes of numbers.

The same for the same seed. `leadline demo` at large sizes and `leadline bench` make it.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from leadline.core.actions import Actor, acting
from leadline.core.clock import now

EVENTS_EACH = 10
PORTION = 50_000
DAYS = 180
RUN = "played"


def _u(salt: int, row: str = "g") -> str:
    """A number from 0 up to 1, drawn for a row."""
    return f"((hashint8extended({row}, %(seed)s * 100 + {salt}) & 2147483647) / 2147483648.0::float8)"


_USERS = f"""
INSERT INTO platform_platformuser (external_id, email, name, phone, country, language, linked_by,
                                   registered_at, told_at, created_at, updated_at, version)
SELECT '{RUN}-' || id, email, name, phone, country, language, '', registered_at, %(now)s, registered_at,
       %(now)s, 1
  FROM leads_lead WHERE archived_at IS NULL ORDER BY id ON CONFLICT DO NOTHING
"""
_EVENTS = f"""
INSERT INTO platform_platformevent (id, at, user_id, kind, event_id, details, received_at)
SELECT hashint8extended(g, %(seed)s) & 9007199254740991, at, user_id, kind, '{RUN}-' || g,
       CASE WHEN kind IN ('deposit', 'deposit_failed') THEN jsonb_build_object(
                'amount', (20 + 10 * floor({_u(3)} * 50))::text, 'currency', 'EUR', 'method', method)
                || CASE kind WHEN 'deposit' THEN '{{}}'::jsonb ELSE '{{"reason": "insufficient_funds"}}' END
            WHEN kind = 'feature_used' THEN '{{"amount": "1", "capability": "listings"}}'
            WHEN kind = 'page' THEN '{{"page": "/market"}}' ELSE '{{}}' END,
       at
  FROM (SELECT g, id AS user_id,
               date_trunc('second', %(now)s - power({_u(1)}, 3) * interval '{DAYS} days') AS at,
               (ARRAY['card', 'bank_transfer', 'e_wallet'])[1 + floor({_u(4)} * 3)::int] AS method,
               CASE WHEN drawn < 0.20 THEN 'logged_in' WHEN drawn < 0.50 THEN 'seen'
                    WHEN drawn < 0.75 THEN 'page' WHEN drawn < 0.83 THEN 'search'
                    WHEN drawn < 0.89 THEN 'listing_viewed'
                    WHEN drawn < 0.93 THEN 'feature_used' WHEN drawn < 0.96 THEN 'deposit'
                    WHEN drawn < 0.97 THEN 'deposit_failed' WHEN drawn < 0.98 THEN 'inquiry_received'
                    ELSE 'logged_out' END AS kind
          FROM platform_platformuser
         CROSS JOIN LATERAL (SELECT id * 100 + n AS g FROM generate_series(1, {EVENTS_EACH}) n) numbered
         CROSS JOIN LATERAL (SELECT {_u(2)} AS drawn) chance
         WHERE id >= %(start)s AND id < %(end)s AND external_id ^@ '{RUN}-') told
 ORDER BY user_id, at, 1
"""
_PULSES = f"""
INSERT INTO platform_platformpulse (user_id, last_seen_at, last_login_at, page, device, balance,
                                    balance_currency, balance_at, deposits, failed_deposits, first_deposit_at,
                                    last_deposit_at, last_failed_at, last_event, last_event_at)
SELECT user_id, max(at), max(at) FILTER (WHERE kind = 'logged_in'), '/market',
       (ARRAY['Android', 'iPhone', 'Windows'])[1 + floor({_u(5, "user_id")} * 3)::int],
       round((power({_u(6, "user_id")}, 3) * 5000)::numeric, 2), 'EUR', max(at),
       count(*) FILTER (WHERE kind = 'deposit'), count(*) FILTER (WHERE kind = 'deposit_failed'),
       min(at) FILTER (WHERE kind = 'deposit'), max(at) FILTER (WHERE kind = 'deposit'),
       max(at) FILTER (WHERE kind = 'deposit_failed'), 'seen', max(at)
  FROM platform_platformevent WHERE user_id >= %(start)s AND user_id < %(end)s GROUP BY user_id
    ON CONFLICT DO NOTHING
"""
_PAYMENTS = f"""
INSERT INTO platform_payment (user_id, at, kind, state, method, amount, currency, reason, account, made_by,
                              country, event_id, received_at)
SELECT told.user_id, told.at, 'deposit', CASE told.kind WHEN 'deposit' THEN 'done' ELSE 'failed' END,
       details ->> 'method', (details ->> 'amount')::numeric, 'EUR', coalesce(details ->> 'reason', ''),
       'existing', 'self', known.country, told.event_id, told.at
  FROM platform_platformevent told JOIN platform_platformuser known ON known.id = told.user_id
 WHERE told.user_id >= %(start)s AND told.user_id < %(end)s AND told.kind IN ('deposit', 'deposit_failed')
   AND told.event_id ^@ '{RUN}-'
 ORDER BY told.user_id, told.at
"""
_SUMS = """
INSERT INTO platform_depositedsum (user_id, currency, amount)
SELECT user_id, currency, sum(amount) FROM platform_payment
 WHERE kind = 'deposit' AND state = 'done' GROUP BY 1, 2 ON CONFLICT DO NOTHING
"""
# Each lead is the user that was made of it.
_ON_PLATFORM = f"""
INSERT INTO leads_onplatform (lead_id, owner_id, team_id, territory_id, archived_at, stage_kind, user_id,
       last_login_at, balance, balance_currency, deposits, deposited, deposited_currency, last_deposit_at,
       failed_deposits, last_failed_at)
SELECT lead.id, lead.owner_id, lead.team_id, lead.territory_id, lead.archived_at, stage.kind, known.id,
       pulse.last_login_at, pulse.balance,
       coalesce(pulse.balance_currency, ''), coalesce(pulse.deposits, 0), paid.amount,
       coalesce(paid.currency, ''), pulse.last_deposit_at, coalesce(pulse.failed_deposits, 0),
       pulse.last_failed_at
  FROM leads_lead lead JOIN leads_stage stage ON stage.id = lead.stage_id
  LEFT JOIN platform_platformuser known ON known.external_id = '{RUN}-' || lead.id
  LEFT JOIN platform_platformpulse pulse ON pulse.user_id = known.id
  LEFT JOIN platform_depositedsum paid ON paid.user_id = known.id AND paid.currency = 'EUR'
 ORDER BY lead.id
    ON CONFLICT DO NOTHING
"""


def write_platform(*, seed: int, by: Actor) -> None:
    """A user of the platform for each lead, and what they did there in half a year; each portion whole."""
    known: dict[str, Any] = {"seed": seed, "now": now()}
    with transaction.atomic(), acting(by), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(_USERS, known)
        cursor.execute(f"SELECT min(id), max(id) FROM platform_platformuser WHERE external_id ^@ '{RUN}-'")
        first, last = cursor.fetchone()
        for start in range(first or 0, (last or -1) + 1, PORTION):
            portion = {**known, "start": start, "end": start + PORTION}
            for statement in (_EVENTS, _PULSES, _PAYMENTS):
                cursor.execute(statement, portion)
        cursor.execute(_SUMS)
        cursor.execute(_ON_PLATFORM)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE platform_platformuser, platform_platformpulse, platform_payment, platform_platformevent,"
            " leads_onplatform, leads_lead, leads_pulse"
        )


def is_written() -> bool:
    """Whether it is there already."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM platform_platformuser WHERE external_id ^@ '{RUN}-')")
        return bool(cursor.fetchone()[0])
