"""One event as it came: its id, kind, time, person and details, each by its rule."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.refusals import RuleBroken
from leadline.platform.kinds import KINDS, Detail, EventKind, kind_called
from leadline.platform.reading.people import FACTS, read_person
from leadline.platform.reading.values import is_text, read_detail, read_text, refusal
from leadline.platform.reasons import folded_reason

AHEAD = timedelta(minutes=5)  # how far the platform's clock may run before ours
OLDEST = timedelta(days=5 * 366)
MOST_DETAILS, LONGEST_DETAIL = 40, 500
KNOWN = {"id", "kind", "time", "user", "details", *(f"user_{part}" for part in ("id", *FACTS))}
# Under which other names they are taken.
KIND_NAMES, TIME_NAMES = ("kind", "type", "event"), ("time", "at", "timestamp")
KNOWN |= {*KIND_NAMES, *TIME_NAMES}


@dataclass(slots=True)
class Told:
    """An event that was understood; `place` is where it stood, from 0."""

    place: int
    event_id: str
    digest: bytes
    at: datetime
    kind: EventKind
    user: str
    facts: dict[str, str]
    details: dict[str, Any]

    @property
    def key(self) -> int:
        """Its key in the table of events: the same for the same id, and within 53 bits, as JSON wants it."""
        return int.from_bytes(self.digest[:8], "big") >> 11


class Reading:
    """Reads events as of one moment; a currency that is missing is `currency`.

    Nothing is read of the months (UTC) that are `away`: whether it came before could not be said any more.
    """

    def __init__(self, *, at: datetime, currency: str, away: Collection[tuple[int, int]] = ()):
        self.latest = at + AHEAD
        self.earliest = at - OLDEST
        self.currency = currency
        self.away = away

    def read(self, raw: Any, place: int) -> Told:
        """The event. Raises `RuleBroken` for the first thing that is wrong with it."""
        if type(raw) is not dict and not isinstance(raw, Mapping):
            raise RuleBroken(_("An event is a JSON object."))
        event_id = read_text(raw.get("id") or "", "id", 200)
        if not event_id:
            raise refusal("id", "", _("“%(field)s” is missing: each event has an id of its own."))
        kind = _kind(raw)
        at = self._time(raw)
        user, facts = read_person(raw)
        details = self._details(raw, kind)
        digest = blake2b(event_id.encode(), digest_size=16).digest()
        return Told(place, event_id, digest, at, kind, user, facts, details)

    def _time(self, raw: Mapping[str, Any]) -> datetime:
        given = raw.get("time") or next((raw[name] for name in TIME_NAMES if raw.get(name)), None)
        try:
            at = datetime.fromisoformat(given) if isinstance(given, str) else None
        except ValueError:
            at = None
        if at is None or at.tzinfo is None:
            message = _(
                "“%(field)s” is a moment with its zone, such as 2030-12-31T09:30:00Z, not “%(value)s”."
            )
            raise refusal("time", given, message)
        if at > self.latest:
            raise refusal("time", given, _("“%(field)s”: “%(value)s” is in the future."))
        if at < self.earliest:
            raise refusal("time", given, _("“%(field)s”: “%(value)s” is more than five years ago."))
        if self.away and _month(at) in self.away:
            message = _("“%(field)s”: the events of that month are archived; nothing is added to it.")
            raise refusal("time", given, message)
        return at

    def _details(self, raw: Mapping[str, Any], kind: EventKind) -> dict[str, Any]:
        found: dict[str, Any] = {}
        by_name = kind.by_name
        nested = raw.get("details")
        for given in (raw, nested) if nested and isinstance(nested, Mapping) else (raw,):
            for name, value in given.items():
                if name in KNOWN or value is None or value == "":
                    continue
                detail = by_name.get(name)
                if detail is None:
                    found[_plain_name(name)] = _plain(name, value)
                else:
                    found[detail.name] = read_detail(detail, value)
        if len(found) > MOST_DETAILS:
            raise RuleBroken(_("An event has at most 40 details."), field="details")
        self._complete(found, kind)
        return found

    def _complete(self, found: dict[str, Any], kind: EventKind) -> None:
        """What is needed is there; an amount has its currency."""
        for detail in kind.required:
            if detail.name not in found:
                raise _lacks(detail, kind)
        if "currency" not in found and ("amount" in found or "balance" in found):
            found["currency"] = self.currency
        if "reason" in found:
            found["reason"] = folded_reason(found["reason"])


def _month(at: datetime) -> tuple[int, int]:
    there = at.astimezone(UTC)
    return there.year, there.month


def _kind(raw: Mapping[str, Any]) -> EventKind:
    given = raw.get("kind") or next((raw[name] for name in KIND_NAMES if raw.get(name)), "")
    kind = kind_called(given) if isinstance(given, str) else None
    if kind is None:
        known = ", ".join(KINDS)
        raise refusal(
            "kind", given, _("There is no kind of event “%(value)s”. Known are: %(known)s."), known=known
        )
    return kind


def _lacks(detail: Detail, kind: EventKind) -> RuleBroken:
    message = _("“%(field)s” is missing; an event “%(kind)s” needs it.")
    return refusal(detail.name, "", message, kind=kind.key)


def _plain_name(name: Any) -> str:
    if not isinstance(name, str) or len(name) > 60 or not is_text(name):
        raise refusal("details", name, _("“%(value)s” is no name of a detail."))
    return name


def _plain(name: str, value: Any) -> Any:
    """A detail that no kind names is kept as it came, as long as it is one plain value."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 2**53:
        return value
    if isinstance(value, Decimal | float | int):
        return str(value)[:60]
    return read_text(value, _plain_name(name), LONGEST_DETAIL)
