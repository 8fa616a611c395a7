"""Leads as a model sees them: as they were when they came in, and what became of them (LEA-12)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from leadline.core.clock import now, zone_of
from leadline.core.fields import catalogue
from leadline.core.organisation import organisation
from leadline.core.sets import array_of
from leadline.scoring.learning.encoding import CATEGORY, NUMBER, PRESENCE

MOST_LEADS = 60_000
CATEGORIES = ("source", "campaign", "country", "language", "desk")
GIVEN_OR_NOT = ("company", "email", "phone", "description", "tags")
DERIVED = {
    "mailbox": _("Kind of e-mail address"),
    "weekday": _("Day of registration"),
    "hour": _("Hour of registration"),
}
_FREE = frozenset(
    """gmail.com googlemail.com yahoo.com yahoo.co.id ymail.com hotmail.com outlook.com live.com icloud.com
    me.com aol.com gmx.de gmx.net web.de mail.ru yandex.ru qq.com 163.com proton.me protonmail.com""".split()  # noqa: SIM905
)
_KINDS = {"choice": CATEGORY, "yes_no": CATEGORY, "number": NUMBER, "money": NUMBER}
_COLUMNS = (*CATEGORIES, *GIVEN_OR_NOT)
_READ = f"""
SELECT lead.id, lead.registered_at, stage.kind, lead.stage_since, lead.custom,
       {", ".join(f"lead.{each}" for each in _COLUMNS)}
  FROM leads_lead lead JOIN leads_stage stage ON stage.id = lead.stage_id
"""
_DECIDED = f"""{_READ}
 WHERE lead.erased_at IS NULL AND lead.registered_at <= %s
 ORDER BY lead.registered_at DESC, lead.id DESC LIMIT %s
"""
_SOME = f"{_READ} WHERE lead.id = ANY(%s::bigint[]) AND lead.archived_at IS NULL"
_CHANGED = """
SELECT record_id, at, changes FROM core_history
 WHERE kind = 'lead' AND verb = 'changed' AND record_id = ANY(%s::bigint[]) ORDER BY record_id, id
"""


@dataclass
class Example:
    """One lead whose outcome is known: values when it came in, values now, when which field was filled."""

    lead_id: int
    registered_at: datetime
    converted: bool
    closed_at: datetime | None
    first: dict[str, Any]
    present: dict[str, Any]
    filled_at: dict[str, datetime] = field(default_factory=dict)


def kinds_of_fields() -> dict[str, str]:
    """The fields that a model may look at, and how: what is known of a lead when it comes in."""
    custom = {
        each.name: _KINDS.get(each.kind.key, PRESENCE)
        for each in catalogue("lead").by_name.values()
        if each.stored_in
    }
    given = {**dict.fromkeys(CATEGORIES, CATEGORY), **dict.fromkeys(GIVEN_OR_NOT, PRESENCE)}
    return {**given, **dict.fromkeys(DERIVED, CATEGORY), **custom}


def examples(horizon: timedelta) -> list[Example]:
    """Leads old enough that their outcome counts, the earliest first; at most the newest 60,000.

    One that was not converted within the time counts as not converted, so that leads still open are not
    passed over in favour of those that were decided quickly.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED, [now() - horizon, MOST_LEADS])
        rows = cursor.fetchall()
    found = [_example(row) for row in reversed(rows)]
    _take_back(found)
    return found


def present_values(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What is known of leads in use now, by lead."""
    kinds = kinds_of_fields()
    with connection.cursor() as cursor:
        cursor.execute(_SOME, [array_of(ids)])
        return {row[0]: _values(_raw(row), row[1], kinds) for row in cursor.fetchall()}


def _example(row: Sequence[Any]) -> Example:
    pk, registered_at, kind, since = row[:4]
    raw = _raw(row)
    return Example(pk, registered_at, kind == "won", since if kind != "open" else None, dict(raw), raw)


def _raw(row: Sequence[Any]) -> dict[str, Any]:
    custom = json.loads(row[4])
    return {**custom, **dict(zip(_COLUMNS, row[5:], strict=True))}


def _take_back(found: Sequence[Example]) -> None:
    """Undo in memory what the history says was changed since each lead came in."""
    by_id = {each.lead_id: each for each in found}
    ids = list(by_id)
    for start in range(0, len(ids), 5_000):
        with connection.cursor() as cursor:
            cursor.execute(_CHANGED, [array_of(ids[start : start + 5_000])])
            seen: set[tuple[int, str]] = set()
            for pk, at, changes in cursor.fetchall():
                for name, (old, new) in _pairs(changes):
                    if (pk, name) not in seen:
                        seen.add((pk, name))
                        by_id[pk].first[name] = old
                    if old in _EMPTY and new not in _EMPTY:
                        by_id[pk].filled_at[name] = at
    kinds = kinds_of_fields()
    for each in found:
        each.first = _values(each.first, each.registered_at, kinds)
        each.present = _values(each.present, each.registered_at, kinds)


_EMPTY: tuple[Any, ...] = (None, "", [])


def _pairs(changes: Any) -> list[tuple[str, list[Any]]]:
    """Column → [old, new], where the history tells both."""
    told = json.loads(changes) if changes else {}
    return [(name, pair) for name, pair in told.items() if isinstance(pair, list) and len(pair) == 2]


def _values(raw: dict[str, Any], registered_at: datetime, kinds: dict[str, str]) -> dict[str, Any]:
    local = registered_at.astimezone(zone_of(organisation().time_zone))
    derived = {
        "mailbox": _mailbox(str(raw.get("email") or "")),
        "weekday": str(local.isoweekday()),
        "hour": f"{local.hour // 6 * 6:02}",
    }
    known = {**raw, **derived}
    return {name: _value(known.get(name), kind) for name, kind in kinds.items()}


def _value(given: Any, kind: str) -> Any:
    if kind == PRESENCE:
        return given not in _EMPTY
    if kind == NUMBER:
        return _number(given)
    return "" if given in _EMPTY else str(given)[:100]


def _number(given: Any) -> float | None:
    try:
        return float(given["amount"] if isinstance(given, dict) else given)
    except (KeyError, TypeError, ValueError):
        return None


def _mailbox(email: str) -> str:
    domain = email.rpartition("@")[2].casefold()
    return "" if not domain else "free" if domain in _FREE else "own"
