"""What a task must be, whichever door it comes through; each refusal names its field (ALL-2)."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, require
from leadline.core.events import Subject
from leadline.core.refusals import RuleBroken
from leadline.core.subjects import seen_subjects, subjects_with_pages
from leadline.people.models import User
from leadline.people.scope import grants_of_many
from leadline.tasks.fields import TASK

FIRST_YEAR, LAST_YEAR = 1990, 2100
CLEANED = ("title", "description", "kind", "priority", "repeats", "remind_before")


def cleaned(name: str, value: Any) -> Any:
    """A value by the catalogue's rules; of a choice that must be, nothing is refused."""
    value = TASK.field(name).clean(value)
    if name == "title" and not value:
        raise RuleBroken(_("Say what is to be done."), field="title")
    if name in ("kind", "priority") and not value:
        accepted = ", ".join(str(key) for key, _label in TASK.field(name).choices)
        raise RuleBroken(_("Accepted: %(accepted)s.") % {"accepted": accepted}, field=name, value=value)
    if name == "remind_before" and value is not None:
        return _whole(value)
    return value


def _whole(minutes: Any) -> int:
    if minutes != int(minutes):
        raise RuleBroken(_("Give whole minutes."), field="remind_before", value=str(minutes))
    return int(minutes)


def require_due(due_at: datetime | None, due_on: date | None) -> None:
    """A moment or a day, not both, and in our time."""
    if due_at is not None and due_on is not None:
        raise RuleBroken(_("Give a moment, or a day without a time, not both."), field="due_on")
    for name, due in (("due_at", due_at), ("due_on", due_on)):
        _require_year(name, due)


def is_of_our_time(day: date) -> bool:
    """Whether a day lies between 1990 and 2100: nothing else is meant, and no zone shifts it out of time."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def _require_year(name: str, day: date | None) -> None:
    if day is not None and not is_of_our_time(day):
        raise RuleBroken(_("Give a day between 1990 and 2100."), field=name, value=day.isoformat())


def require_zone(zone: str) -> str:
    """The name of a time zone."""
    if zone not in _zones():
        message = _("“%(value)s” is no time zone. Write it like Asia/Jakarta.")
        raise RuleBroken(message % {"value": str(zone)[:60]}, field="zone", value=str(zone)[:60])
    return zone


@cache
def _zones() -> frozenset[str]:
    """Looked up once: the files of all zones are read for it, which takes fifty milliseconds."""
    return frozenset(available_timezones())


def require_reminder(task: Any) -> None:
    """Minutes before need something to be before; what repeats has no moment of its own."""
    _require_year("remind_at", task.remind_at)
    if task.remind_before is not None and task.due_at is None:
        raise RuleBroken(_("Say first when it is due."), field="remind_before", value=task.remind_before)
    if task.repeats and task.remind_at is not None and task.remind_before is None:
        message = _("A task that repeats reminds so many minutes before it is due.")
        raise RuleBroken(message, field="remind_at")


def require_repeats(task: Any) -> None:
    """What repeats is due on some day."""
    if task.repeats and task.due_at is None:
        raise RuleBroken(_("Say first when it is due."), field="repeats", value=task.repeats)


def require_owners(owners: Iterable[User], *, by: Actor) -> None:
    """People who work here and have tasks at all; others than oneself take the permission to assign."""
    people = {owner.pk: owner for owner in owners}
    others = [owner for key, owner in people.items() if key != by.user.pk]
    if others and not by.user.is_system:
        require(by.user.may("task", "assign"), _("Your role does not give tasks to others."))
    grants = grants_of_many(people)
    for key, owner in people.items():
        works = owner.is_active and not owner.is_system
        if not works or grants[key].scope("task", "edit") is None:
            message = _("Choose somebody who works here and has tasks.")
            raise RuleBroken(message, field="owner", value=owner.email)


def require_abouts(abouts: Iterable[Subject | None], *, by: Actor) -> None:
    """Records of known kinds that the actor sees; one out of sight is as one that is not there (ALL-3)."""
    wanted = {(each.kind, each.id) for each in abouts if each is not None}
    known = [each.kind for each in subjects_with_pages()]
    for kind, _key in sorted(wanted):
        if kind not in known:
            message = _("Tasks are about: %(known)s.") % {"known": ", ".join(known)}
            raise RuleBroken(message, field="about_kind", value=kind[:40])
    missing = wanted - set(seen_subjects(wanted, by.user))
    for _kind, key in sorted(missing):
        raise RuleBroken(_("There is no such record."), field="about_id", value=key)
