"""What starts a rule, read from its JSON and refused in words (ALL-2).

{"on": "platform:deposit_failed"}
{"change": "lead", "field": "stage", "from": null, "to": 4}
{"every": "day", "at": "09:00", "zone": "Asia/Jakarta", "kind": "lead"}     every: hour, day, weekday, week
{"days": 3, "side": "after", "field": "registered_at", "at": "09:00", "zone": "", "kind": "lead"}
"""

from dataclasses import dataclass
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from leadline.automation.occasions.happening import RECORDS, Occasion
from leadline.automation.occasions.known import occasion_named
from leadline.core.conditions import parse
from leadline.core.conditions.tree import Question
from leadline.core.fields import Catalogue, Field, catalogue
from leadline.core.history import tracking_of
from leadline.core.localities import time_zones
from leadline.core.organisation import organisation
from leadline.core.refusals import RuleBroken

EVERY = ("hour", "day", "weekday", "week")
SIDES = ("after", "before")
MOST_DAYS = 3650
_ACCEPTED = {
    "on": {"on"},
    "change": {"change", "field", "from", "to"},
    "every": {"every", "at", "zone", "kind", "weekday"},
    "days": {"days", "side", "field", "at", "zone", "kind"},
}


@dataclass(frozen=True)
class Start:
    """What starts a rule: one of an event (`occasion`), a change or a time (`way` says which)."""

    way: str  # on | change | every | days
    kind: str = ""  # the record of a change or a time
    occasion: Occasion | None = None
    field: Field | None = None
    old: Any = None
    new: Any = None
    every: str = ""
    weekday: int = 1
    days: int = 0
    side: str = "after"
    at: time = time(9)
    zone: str = ""

    @property
    def event(self) -> str:
        """The name in the ledger; empty where none starts it."""
        return self.occasion.event if self.occasion else ""

    @property
    def is_timed(self) -> bool:
        """Whether the clock starts it, for all records that fit."""
        return self.way in ("every", "days")

    @property
    def about(self) -> Catalogue | None:
        """The fields of what happened, where it has some of its own."""
        return self.occasion.about if self.occasion else None

    @property
    def records(self) -> tuple[str, ...]:
        """On which kinds of records the rule can act."""
        return self.occasion.records if self.occasion else (self.kind,)

    @property
    def takes_whoever(self) -> bool:
        """Whether it may act on the customer, else the lead, whichever the person is."""
        return self.occasion is not None and self.occasion.takes_whoever

    @property
    def in_zone(self) -> str:
        """The zone in which its times are meant."""
        return self.zone or organisation().time_zone

    @property
    def column(self) -> str:
        """Under which name the history tells of the field that changes."""
        assert self.field is not None
        return column_of(self.kind, self.field)


def read_start(given: Any, *, user: Any = None) -> Start:
    """The start that a JSON means. Raises `RuleBroken` naming `start`."""
    way = next((each for each in _ACCEPTED if isinstance(given, dict) and each in given), "")
    if not way:
        raise _refused(_("Say when the rule starts: on an event, on a change, or at a time."), given)
    if unknown := sorted(given.keys() - _ACCEPTED[way]):
        message = _("“%(unknown)s” has no meaning here. Accepted: %(accepted)s.")
        accepted = ", ".join(sorted(_ACCEPTED[way]))
        raise _refused(message % {"unknown": unknown[0][:60], "accepted": accepted}, unknown[0])
    if way == "on":
        return Start("on", occasion=occasion_named(given["on"]))
    kind = _kind(given.get("change") if way == "change" else given.get("kind"))
    if way == "change":
        return _change(given, kind, user)
    return _timed(given, way, kind, user)


def watched_fields(kind: str, user: Any = None) -> list[Field]:
    """The fields of a kind whose changes the history tells."""
    return [each for each in catalogue(kind).visible_to(user) if column_of(kind, each)]


def dated_fields(kind: str, user: Any = None) -> list[Field]:
    """The fields of a kind that hold a day or a moment."""
    return [each for each in catalogue(kind).visible_to(user) if each.kind.family in ("date", "moment")]


def column_of(kind: str, field: Field) -> str:
    """Under which name the history of a kind tells of a field; empty where it does not."""
    if field.stored_in:
        return field.name
    told = {each.name: str(each.column) for each in tracking_of(kind).columns}
    return told.get(field.model_attribute, "")


def _change(given: dict[str, Any], kind: str, user: Any) -> Start:
    field = catalogue(kind).field(given.get("field"), user)
    if not column_of(kind, field):
        known = ", ".join(each.name for each in watched_fields(kind, user))
        message = _("Changes of “%(field)s” are not told. Known are: %(known)s.")
        raise _refused(message % {"field": field.label, "known": known}, field.name)
    old, new = (_value(field, given.get(word), kind, user) for word in ("from", "to"))
    if old is not None and old == new:
        raise _refused(_("From and to are the same."), given.get("to"))
    return Start("change", kind, field=field, old=old, new=new)


def _timed(given: dict[str, Any], way: str, kind: str, user: Any) -> Start:
    at, zone = _time(given.get("at") or "09:00"), _zone(given.get("zone") or "")
    if way == "every":
        every = given["every"]
        if every not in EVERY:
            raise _known(every, EVERY)
        weekday = given.get("weekday") or 1
        if type(weekday) is not int or not 1 <= weekday <= 7:
            raise _refused(_("A weekday is a number from 1 (Monday) to 7."), weekday)
        return Start("every", kind, every=every, weekday=weekday, at=at, zone=zone)
    days, side = given["days"], given.get("side", "after")
    if type(days) is not int or not 0 <= days <= MOST_DAYS:
        raise _refused(_("A whole number of days from 0 to %(most)s.") % {"most": MOST_DAYS}, days)
    if side not in SIDES:
        raise _known(side, SIDES)
    field = catalogue(kind).field(given.get("field"), user)
    if field.kind.family not in ("date", "moment"):
        known = ", ".join(each.name for each in dated_fields(kind, user))
        message = _("“%(field)s” holds no date. Known are: %(known)s.")
        raise _refused(message % {"field": field.label, "known": known}, field.name)
    return Start("days", kind, field=field, days=days, side=side, at=at, zone=zone)


def _kind(given: Any) -> str:
    if given not in RECORDS:
        raise _known(given, RECORDS)
    return str(given)


def _value(field: Field, given: Any, kind: str, user: Any) -> Any:
    """A value to compare with, as a condition would read it; None for any."""
    if given in (None, ""):
        return None
    op = "equals" if "equals" in field.operators else ""
    if not op:
        raise _refused(_("“%(field)s”: from and to can't be given.") % {"field": field.label}, given)
    asked = parse({"field": field.name, "op": op, "value": given}, catalogue(kind), user=user).root
    assert isinstance(asked, Question)
    found = asked.asked.operand
    return found[0] if isinstance(found, tuple) else found


def _time(given: Any) -> time:
    try:
        return time.fromisoformat(given).replace(tzinfo=None, second=0, microsecond=0)
    except (TypeError, ValueError):
        raise _refused(_("A time such as 09:30 is accepted."), given) from None


def _zone(given: Any) -> str:
    if given and given not in dict(time_zones()):
        raise _refused(_("“%(value)s” is no time zone.") % {"value": str(given)[:60]}, given)
    return str(given)


def _known(given: Any, known: tuple[str, ...]) -> RuleBroken:
    message = _("“%(value)s” is not known. Accepted: %(accepted)s.")
    return _refused(message % {"value": str(given)[:60], "accepted": ", ".join(known)}, given)


def _refused(message: str, value: Any) -> RuleBroken:
    return RuleBroken(message, field="start", value=str(value)[:80])
