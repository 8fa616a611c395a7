"""The pulse of users: last seen, online since, page, balance, counts; never back in time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from leadline.core.planned import planned
from leadline.platform.actions.following import tell_followers
from leadline.platform.actions.users import Known
from leadline.platform.models import platform_rules
from leadline.platform.reading.events import Told

# Who is there: seen within the time that counts as online, and not gone since. A visit goes on unless there
# was a silence longer than that, or somebody left in between.
_BEAT = """
INSERT INTO platform_platformpulse AS pulse (
    user_id, last_seen_at, last_login_at, left_at, online_since, page, page_at, device, balance,
    balance_currency, balance_at, deposits, failed_deposits, first_deposit_at, last_deposit_at,
    last_failed_at, last_event, last_event_at)
SELECT user_id, seen_at, login_at, left_at,
       CASE WHEN seen_at > %(since)s AND seen_at > coalesce(left_at, '-infinity') THEN visit_at END,
       coalesce(page, ''), page_at, coalesce(device, ''), balance, coalesce(balance_currency, ''), balance_at,
       deposits, failed, first_deposit_at, last_deposit_at, last_failed_at, last_event, last_event_at
  FROM json_to_recordset(%(rows)s::json) AS told (
       user_id bigint, seen_at timestamptz, visit_at timestamptz, login_at timestamptz, left_at timestamptz,
       page text, page_at timestamptz, device text, balance numeric, balance_currency text,
       balance_at timestamptz, deposits integer, failed integer, first_deposit_at timestamptz,
       last_deposit_at timestamptz, last_failed_at timestamptz, last_event text, last_event_at timestamptz)
 ORDER BY user_id
    ON CONFLICT (user_id) DO UPDATE SET
    last_seen_at = greatest(pulse.last_seen_at, excluded.last_seen_at),
    last_login_at = greatest(pulse.last_login_at, excluded.last_login_at),
    left_at = greatest(pulse.left_at, excluded.left_at),
    online_since = CASE
        WHEN greatest(pulse.last_seen_at, excluded.last_seen_at) <= %(since)s
          OR greatest(pulse.last_seen_at, excluded.last_seen_at)
             <= coalesce(greatest(pulse.left_at, excluded.left_at), '-infinity') THEN NULL
        WHEN pulse.online_since > coalesce(greatest(pulse.left_at, excluded.left_at), '-infinity')
         AND (excluded.online_since IS NULL
              OR excluded.online_since <= pulse.last_seen_at + %(window)s) THEN pulse.online_since
        ELSE coalesce(excluded.online_since, pulse.online_since) END,
    page = CASE WHEN excluded.page_at >= coalesce(pulse.page_at, '-infinity')
                THEN excluded.page ELSE pulse.page END,
    page_at = greatest(pulse.page_at, excluded.page_at),
    device = CASE WHEN excluded.device <> ''
                   AND excluded.last_event_at >= coalesce(pulse.last_event_at, '-infinity')
                  THEN excluded.device ELSE pulse.device END,
    balance = CASE WHEN excluded.balance_at >= coalesce(pulse.balance_at, '-infinity')
                   THEN excluded.balance ELSE pulse.balance END,
    balance_currency = CASE WHEN excluded.balance_at >= coalesce(pulse.balance_at, '-infinity')
                            THEN excluded.balance_currency ELSE pulse.balance_currency END,
    balance_at = greatest(pulse.balance_at, excluded.balance_at),
    deposits = pulse.deposits + excluded.deposits,
    failed_deposits = pulse.failed_deposits + excluded.failed_deposits,
    first_deposit_at = least(pulse.first_deposit_at, excluded.first_deposit_at),
    last_deposit_at = greatest(pulse.last_deposit_at, excluded.last_deposit_at),
    last_failed_at = greatest(pulse.last_failed_at, excluded.last_failed_at),
    last_event = CASE WHEN excluded.last_event_at >= coalesce(pulse.last_event_at, '-infinity')
                      THEN excluded.last_event ELSE pulse.last_event END,
    last_event_at = greatest(pulse.last_event_at, excluded.last_event_at)
RETURNING user_id, extract(epoch FROM online_since)::float8
"""
# What a copy of a pulse holds beside whether somebody is there; heartbeats change none of it.
A_MOMENT = 0.001  # seconds: numbers with a point are compared
_COPIED = {"login_at", "balance_at", "last_deposit_at", "last_failed_at", "left_at"}


def beat(told: Sequence[Told], users: Mapping[str, Known], *, at: datetime) -> None:
    """Bring the pulses of all in a batch up to date, in the order of the users."""
    by_user: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        by_user[users[one.user].id].append(one)
    if not by_user:
        return
    window = platform_rules().online_for
    rows = [_row(user, sorted(events, key=lambda one: one.at)) for user, events in by_user.items()]
    given: dict[str, Any] = {
        "rows": json.dumps(rows, default=datetime.isoformat),
        "since": at - window,
        "window": window,
    }
    with planned() as cursor:
        cursor.execute(_BEAT, given)
        online = dict(cursor.fetchall())
    tell_followers(row["user_id"] for row in rows if _may_differ(row, online[row["user_id"]]))


def _may_differ(row: dict[str, Any], online_since: float | None) -> bool:
    """Whether a copy of the pulse may be another now: by what was told, or since a visit began or ended."""
    began = "visit_at" in row and (
        online_since is None or online_since > row["visit_at"].timestamp() - A_MOMENT
    )
    return began or not _COPIED.isdisjoint(row)


def _row(user: int, events: Sequence[Told]) -> dict[str, Any]:
    """What a user's events of a batch come to; they stand in the order of their times."""
    row: dict[str, Any] = {"user_id": user, "deposits": 0, "failed": 0}
    for one in events:
        if one.kind.presence:
            _presence(row, one)
        if one.kind.key == "deposit":
            row["deposits"] += 1
            row.setdefault("first_deposit_at", one.at)
            row["last_deposit_at"] = one.at
        elif one.kind.key == "deposit_failed":
            row["failed"] += 1
            row["last_failed_at"] = one.at
        details = one.details
        if "balance" in details:
            row |= {
                "balance": details["balance"],
                "balance_currency": details["currency"],
                "balance_at": one.at,
            }
        if "device" in details:
            row["device"] = details["device"]
    return row | {"last_event": events[-1].kind.key, "last_event_at": events[-1].at}


def _presence(row: dict[str, Any], one: Told) -> None:
    if one.kind.presence == "gone":
        row["left_at"] = one.at
        row.pop("visit_at", None)
        return
    row["seen_at"] = one.at
    row.setdefault("visit_at", one.at)
    if one.kind.key == "logged_in":
        row["login_at"] = one.at
    if "page" in one.details:
        row |= {"page": one.details["page"], "page_at": one.at}
