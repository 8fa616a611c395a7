"""Calendars on dashboards: tasks and callbacks by days, by the viewer's clock (WSP-1, TIM-7)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from babel.dates import format_date
from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.core import clock, formats
from leadline.core.conditions import Context
from leadline.core.conditions.spans import shifted
from leadline.core.fields import Viewer
from leadline.core.lists.asking import MOST_ROWS, asking_of
from leadline.core.lists.door import Door
from leadline.core.lists.page import Page, page_of
from leadline.leads.listing import LEADS
from leadline.leads.listing import OPEN as OPEN_LEADS
from leadline.leads.policies import may_see_leads
from leadline.people.models import User
from leadline.tasks.listing import OPEN, TASKS
from leadline.tasks.models import Task
from leadline.tasks.policies import may_see_tasks
from leadline.tasks.scope import narrowest
from leadline.workspaces.whose import about_whom

ONE, IN_A_MONTH = timedelta(days=1), 3
PICTURES = {"call": "phone", "email": "mail", "meeting": "users", "follow_up": "refresh"}
FIRST, LAST = date(1970, 2, 1), date(2200, 1, 1)


@dataclass(frozen=True)
class Entry:
    """What is planned on a day, at a moment or all day; `finish` and `log` are where it is done."""

    day: date
    at: datetime | None
    title: str
    url: str
    kind: str
    picture: str
    whose: str
    is_late: bool
    finish: str = ""
    log: str = ""


@dataclass(frozen=True)
class Day:
    """A day with what is planned; `beside` the month that is shown, `more` that did not fit."""

    day: date
    entries: Sequence[Entry]
    is_today: bool
    beside: bool = False
    more: int = 0

    @property
    def name(self) -> str:
        """`Mon 23 Nov`."""
        return format_date(self.day, "EEE d MMM", locale=formats.calendar())


@dataclass(frozen=True)
class Calendar:
    """A span of days, what is planned on them, and the days by which one goes back and on."""

    span: str
    at: date
    days: Sequence[Day]
    entries: Sequence[Entry]
    is_cut: bool
    before: date
    after: date

    @property
    def title(self) -> str:
        """The days in words."""
        if self.span == "day":
            return formats.day(self.at, "full")
        if self.span == "month":
            return format_date(self.at, "LLLL yyyy", locale=formats.calendar())
        return f"{formats.day(self.days[0].day)} – {formats.day(self.days[-1].day)}"


def day_named(text: str) -> date | None:
    """The day that an address names; None for what is none, or is out of every calendar."""
    try:
        found = date.fromisoformat(text) if len(text) == len("2026-01-31") else None
    except ValueError:
        return None
    return found if found and FIRST <= found <= LAST else None


def may_see_calendars(user: User) -> bool:
    """Whether anything that stands on calendars is shown to a person."""
    return may_see_tasks(user) or may_see_leads(user)


def calendar_of(span: str, at: date | None, scope: str, person: int | None, viewer: Viewer) -> Calendar:
    """What is planned around a day (today where none is named), open and within the viewer's scope.

    Days are those of the viewer's zone; what is due on a day without a time stands on that day wherever it is
    meant. Each kind is a question to its list, for `MOST_ROWS` at most: beyond that `is_cut`.
    """
    today = clock.today(viewer.zone)
    at = at or today
    first, last = _edges(span, at, Context.of_organisation().week_starts)
    pages = list(_planned(first, last, about_whom(scope, person, viewer.user), viewer))
    entries = sorted(
        (each for found, _page in pages for each in found if first <= each.day <= last),
        key=lambda each: (each.day, each.at is None, each.at, each.title),
    )
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for each in entries:
        by_day[each.day].append(each)
    days = [
        _day(first + timedelta(days=nth), by_day, span, at, today) for nth in range((last - first).days + 1)
    ]
    is_cut = any(page.next for _found, page in pages)
    return Calendar(span, at, days, entries, is_cut, _step(span, at, -1), _step(span, at, 1))


def _edges(span: str, at: date, week_starts: int) -> tuple[date, date]:
    """The first and the last day that are shown: of a month, whole weeks."""
    if span == "day":
        return at, at
    first, last = (
        (at, at) if span == "week" else (at.replace(day=1), _step("month", at.replace(day=1), 1) - ONE)
    )
    start = first - timedelta(days=(first.weekday() - week_starts) % 7)
    return start, last + timedelta(days=6 - (last.weekday() - week_starts) % 7)


def _step(span: str, at: date, steps: int) -> date:
    return shifted(at, steps, f"{span}s")


def _day(day: date, by_day: dict[date, list[Entry]], span: str, at: date, today: date) -> Day:
    entries = by_day.get(day, [])
    shown = entries[:IN_A_MONTH] if span == "month" and len(entries) > IN_A_MONTH + 1 else entries
    beside = span == "month" and (day.year, day.month) != (at.year, at.month)
    return Day(day, shown, day == today, beside, len(entries) - len(shown))


def _planned(first: date, last: date, whose: Any, viewer: Viewer) -> Iterable[tuple[list[Entry], Page]]:
    if may_see_tasks(viewer.user):
        where = _where("due_at", first - ONE, last + ONE, viewer, OPEN, whose)
        door = replace(TASKS, reach=narrowest(where))
        columns = ("title", "due_at", "due_on", "kind", "owner")
        page = _page(door, where, columns, "due_at", viewer)
        yield [_task(row.id, row.values, viewer) for row in page.rows], page
    if may_see_leads(viewer.user):
        where = _where("callback_at", first, last, viewer, OPEN_LEADS, whose)
        page = _page(LEADS, where, ("name", "callback_at", "owner"), "callback_at", viewer)
        yield [_callback(row.id, row.values, viewer) for row in page.rows], page


def _where(field: str, first: date, last: date, viewer: Viewer, *parts: Any) -> dict[str, Any]:
    zone = clock.zone_of(viewer.zone)
    ends = [
        datetime.combine(day, at, tzinfo=zone).isoformat()
        for day, at in ((first, time.min), (last, time.max))
    ]
    return {"and": [{"field": field, "op": "between", "value": ends}, *(part for part in parts if part)]}


def _page(door: Door, where: Any, columns: Sequence[str], sort: str, viewer: Viewer) -> Page:
    user = viewer.user
    given = {"where": where, "columns": ",".join(columns), "sort": sort, "limit": str(MOST_ROWS)}
    asking = asking_of(given, door.about, user=user).require()
    return page_of(asking, scope=door.scope(user), context=door.context(user), counted=False, shown=True)


def _task(key: int, values: Sequence[Any], viewer: Viewer) -> Entry:
    title, due_at, due_on, kind, owner = values
    return Entry(
        due_on or _day_of(due_at, viewer),
        None if due_on else due_at,
        title,
        reverse("tasks:page", args=[key]),
        str(Task.Kind(kind).label),
        PICTURES.get(kind, "checkbox"),
        owner or "",
        due_at < clock.now(),
        finish=reverse("tasks:finish", args=[key]) if viewer.user.may("task", "edit") else "",
    )


def _callback(key: int, values: Sequence[Any], viewer: Viewer) -> Entry:
    name, at, owner = values
    log = reverse("leads:work", args=[key]) if viewer.user.may("lead", "log") else ""
    page, is_late = reverse("leads:page", args=[key]), at < clock.now()
    return Entry(_day_of(at, viewer), at, name, page, _("Callback"), "phone", owner or "", is_late, log=log)


def _day_of(moment: datetime, viewer: Viewer) -> date:
    return moment.astimezone(clock.zone_of(viewer.zone)).date()
