"""Months, and the spans of time in which a target is to be reached (ALL-6)."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from leadline.core.clock import zone_of
from leadline.core.conditions import Context
from leadline.core.metrics import Period, period_of
from leadline.core.refusals import RuleBroken
from leadline.people.working.hours import Hours, worked_share

DAY = timedelta(days=1)
PERIOD_OF = {"day": "today", "week": "this_week", "month": "this_month"}


def month_of(text: str, context: Context) -> date:
    """The first day of the month that a text names (`2026-11`); the present one of an empty text.

    Raises `RuleBroken` for what names none.
    """
    if not text:
        return context.today.replace(day=1)
    try:
        return date.fromisoformat(f"{text[:7]}-01") if len(text) in (7, 10) else date.fromisoformat(text)
    except ValueError:
        message = _("“%(value)s” is no month. Write it as 2026-11.")
        raise RuleBroken(message % {"value": text[:40]}, field="month", value=text[:40]) from None


def beside(month: date, step: int) -> date:
    """The month before (-1) or after (1)."""
    return (month + (32 * DAY if step > 0 else -DAY)).replace(day=1)


def running(every: str, context: Context) -> tuple[Period, date]:
    """The present day, week or month, and the month by which its targets are kept: where it begins."""
    period = period_of(PERIOD_OF[every], context)
    return period, period.first.replace(day=1)


def share_over(period: Period, hours: Hours | None, context: Context) -> float:
    """How much of the working time of a period is over, from 0 to 1; of all days where none is worked."""
    moment = context.now.astimezone(zone_of(context.zone)).replace(tzinfo=None)
    days = [period.first + DAY * number for number in range(period.days)]
    worked = [_over(day, hours, moment) for day in days]
    known = [share for share in worked if share is not None]
    if not known:
        return min(max((moment.date() - period.first).days / period.days, 0), 1)
    return sum(known) / len(known)


def _over(day: date, hours: Hours | None, moment: datetime) -> float | None:
    """How much of one day's work is over; None of a free day."""
    minute = moment.hour * 60 + moment.minute
    share = worked_share(hours, day, minute)
    if share is None or day == moment.date():
        return share
    return 1.0 if day < moment.date() else 0.0
