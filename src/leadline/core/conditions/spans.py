"""Spans of time: every question about time becomes a start and an end, the same for SQL and for Python."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from leadline.core.conditions.context import Context

Edge = date | datetime | None
Span = tuple[Edge, Edge]  # from the start, until before the end; None is open

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
UNITS = ("days", "weeks", "months")
PERIODS = ("day", "week", "month", "quarter", "year")


def fixed(op: str, first: date | datetime, last: date | datetime) -> Span:
    """The span of a question that names its days or moments (`on`, `before`, `between`, …)."""
    spans: dict[str, Span] = {
        "on": (first, _after(first)),
        "before": (None, first),
        "after": (_after(first), None),
        "at_least": (first, None),
        "at_most": (None, _after(first)),
        "between": (first, _after(last)),
    }
    return spans[op]


def relative(op: str, number: int, unit: str, context: Context, *, moments: bool) -> Span:
    """The span of `in_last`, `in_next` and `older_than`; whole days at the far end, now at the near one."""
    today = context.today
    if op == "in_next":
        start: Edge = context.now + INSTANT if moments else today
        return start, shifted(today, number, unit) + DAY
    far = shifted(today, -number, unit)
    if op == "older_than":
        return None, far
    return far, (context.now + INSTANT if moments else today + DAY)


def period(op: str, context: Context) -> Span:
    """The span of `this_month`, `last_week`, `next_quarter` and their like."""
    which, _underscore, name = op.partition("_")
    start = start_of(name, context)
    steps = {"last": -1, "this": 0, "next": 1}[which]
    return _step(start, name, steps), _step(start, name, steps + 1)


def as_moments(span: Span, context: Context) -> Span:
    """The same span in moments: a day starts at midnight of the context's zone."""
    start, end = span
    return _moment(start, context), _moment(end, context)


def shifted(day: date, number: int, unit: str) -> date:
    """The day so many days, weeks or months on; the last of a month stays inside its month."""
    if unit == "months":
        months = day.year * 12 + day.month - 1 + number
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day + timedelta(days=number * (7 if unit == "weeks" else 1))


def _after(edge: date | datetime) -> date | datetime:
    return edge + INSTANT if isinstance(edge, datetime) else edge + DAY


def start_of(name: str, context: Context) -> date:
    """The first day of the present week, month, quarter or year, as the organisation counts them (ALL-6)."""
    today = context.today
    if name == "week":
        return today - timedelta(days=(today.weekday() - context.week_starts) % 7)
    if name == "month":
        return today.replace(day=1)
    if name == "quarter":
        return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return today.replace(month=1, day=1) if name == "year" else today


def _step(start: date, name: str, steps: int) -> date:
    months = {"month": 1, "quarter": 3, "year": 12}.get(name)
    if months:
        return shifted(start, steps * months, "months")
    return shifted(start, steps, "weeks" if name == "week" else "days")


def _moment(edge: Edge, context: Context) -> Edge:
    return edge if edge is None or isinstance(edge, datetime) else context.start_of(edge)
