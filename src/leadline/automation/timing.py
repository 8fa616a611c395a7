"""When rules that run by the clock are due, and which records they mean then (ALL-6)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from leadline.automation.occasions import Start
from leadline.automation.rules import Understood
from leadline.core.clock import zone_of
from leadline.core.conditions import Context
from leadline.core.fields import catalogue

LONGEST_MISSED = timedelta(days=7)


def due_since(start: Start, after: datetime, until: datetime) -> list[datetime]:
    """The moments after one and up to another at which a rule is due, at most those of the last seven days.

    Of a rule for every hour, day or week only the last counts: what it missed it would do over all the same
    records. Of one that counts days from a date each day has its own records.
    """
    after = max(after, until - LONGEST_MISSED)
    moments = [each for each in _moments(start, after, until) if after < each <= until]
    return moments if start.way == "days" else moments[-1:]


def meant_then(meant: Understood, moment: datetime, *, after: int, limit: int) -> tuple[str, list[Any]]:
    """SQL of the next records, by key, that a rule means at a moment."""
    about = catalogue(meant.record)
    context = Context.of_organisation()
    assert meant.where is not None
    where, params = meant.where.sql(context)
    needs = set(meant.where.needs)
    tests = [f"({where})", f"{about.id} > %s"]
    params = [*params, after]
    if about.archived_sql:
        tests.append(f"{about.archived_sql} IS NULL")
    if meant.start.way == "days":
        field = meant.start.field
        assert field is not None
        needs |= {field.needs} - {""}
        if field.kind.family == "moment":
            tests.append(f"({field.sql} AT TIME ZONE %s)::date = %s")
            params += [meant.start.in_zone, day_meant(meant.start, moment)]
        else:
            tests.append(f"{field.sql} = %s")
            params.append(day_meant(meant.start, moment))
    sql = (
        f"SELECT {about.id} FROM {about.table} {about.join_sql(needs)} WHERE {' AND '.join(tests)}"
        f" ORDER BY {about.id} LIMIT %s"
    )
    return sql, [*params, limit]


def day_meant(start: Start, moment: datetime) -> date:
    """The day that the date field holds of records that are meant at a moment."""
    here = moment.astimezone(zone_of(start.in_zone)).date()
    return here - timedelta(days=start.days) if start.side == "after" else here + timedelta(days=start.days)


def _moments(start: Start, after: datetime, until: datetime) -> Iterator[datetime]:
    zone = zone_of(start.in_zone)
    if start.way == "every" and start.every == "hour":
        moment = after.astimezone(zone).replace(minute=start.at.minute, second=0, microsecond=0)
        while moment <= until:
            yield moment.astimezone(UTC)
            moment = (moment.astimezone(UTC) + timedelta(hours=1)).astimezone(zone)
        return
    day = after.astimezone(zone).date()
    while day <= until.astimezone(zone).date():
        if _is_on(start, day):
            yield datetime.combine(day, start.at, tzinfo=zone).astimezone(UTC)
        day += timedelta(days=1)


def _is_on(start: Start, day: date) -> bool:
    if start.way == "every" and start.every == "weekday":
        return day.isoweekday() <= 5
    if start.way == "every" and start.every == "week":
        return day.isoweekday() == start.weekday
    return True
