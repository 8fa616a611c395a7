"""When a task is due, told by a clock on a wall: day, time and zone become a moment and come back (ALL-6).

A time that a daylight-saving night skips is taken as much later as the clocks jump; one that comes twice is
the first of the two.
"""

from datetime import UTC, date, datetime, time, timedelta

from dateutil.tz import resolve_imaginary

from leadline.core.clock import zone_of

END_OF_DAY = time(23, 59, 59)
MORNING = time(9)  # when a reminder comes for what is due on a day without a time


def moment_of(day: date, at: time, zone: str) -> datetime:
    """The moment at which the clocks of a zone show a day and a time, in UTC."""
    local = datetime.combine(day, at, tzinfo=zone_of(zone))
    return resolve_imaginary(local).astimezone(UTC)


def end_of(day: date, zone: str) -> datetime:
    """The last second of a day in a zone, in UTC."""
    return moment_of(day, END_OF_DAY, zone)


def clock_of(moment: datetime, zone: str) -> tuple[date, time]:
    """What the clocks of a zone show at a moment."""
    local = moment.astimezone(zone_of(zone))
    return local.date(), local.time().replace(tzinfo=None)


def reminder_of(due_at: datetime, due_on: date | None, before: int, zone: str) -> datetime:
    """So many minutes before what is due; before nine in the morning where it is due on a day."""
    due = moment_of(due_on, MORNING, zone) if due_on else due_at
    return due - timedelta(minutes=before)


def next_telling(remind_at: datetime | None, due_at: datetime | None, *, after: datetime) -> datetime | None:
    """The next moment at which the owner is to be told, after one: of the reminder, then of being overdue."""
    ahead = [each for each in (remind_at, due_at) if each is not None and each > after]
    return min(ahead, default=None)
