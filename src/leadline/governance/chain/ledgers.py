"""The two ledgers as lines of bytes: the same entry gives the same bytes, whoever asks."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from leadline.core.settling import highest_id

# As COPY writes them: tabs between values, \N for nothing, so no value can pass for two.
HISTORY_LINE = (
    "SELECT actor_id, via, id, at AT TIME ZONE 'UTC', kind, record_id, about_kind, about_id, verb, version,"
    " trace, change_set_id, changes FROM core_history h"
)
# Without `written_in`, which only orders the reading of a running database and starts anew in a restored one.
EVENT_LINE = (
    "SELECT actor_id, via, id, at AT TIME ZONE 'UTC', name, trace, change_set_id,"
    " (SELECT string_agg(s.kind || ':' || s.subject_id, ',' ORDER BY s.kind COLLATE \"C\", s.subject_id)"
    "    FROM core_event_subject s WHERE s.event_id = e.id AND s.at = e.at),"
    " payload FROM core_event e"
)


@dataclass(frozen=True)
class Ledger:
    """One of the two: its table, its column that erasure may empty, and how its lines are asked for."""

    name: str
    table: str
    payload: str
    lines: str

    def highest_id(self) -> int:
        """The highest id that was given to anybody, committed or not."""
        return highest_id(self.table)

    def first_above(self, after: int, up_to: int) -> int | None:
        """The lowest id above one, up to and with another; what was taken back leaves gaps of any size."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT min(id) FROM {self.table} WHERE id > %s AND id <= %s", [after, up_to])
            found: int | None = cursor.fetchone()[0]
            return found

    def months_between(self, after: int, up_to: int) -> list[date]:
        """The months (UTC) in which entries of a stretch of ids lie."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC')::date FROM {self.table}"
                " WHERE id > %s AND id <= %s ORDER BY 1",
                [after, up_to],
            )
            return [month for (month,) in cursor.fetchall()]

    def read(self, month: date, after: int, up_to: int) -> Generator[bytes]:
        """The lines of a month's entries with ids above `after`, up to and with `up_to`, by their ids.

        They are streamed: what is asked of the database meanwhile needs another connection.
        """
        bounds = [month, month_after(month), after, up_to]
        where = (
            "WHERE at >= %s::timestamp AT TIME ZONE 'UTC' AND at < %s::timestamp AT TIME ZONE 'UTC'"
            " AND id > %s AND id <= %s"
        )
        return copied(f"{self.lines} {where} ORDER BY id", bounds)


HISTORY = Ledger("history", "core_history", "changes", HISTORY_LINE)
EVENTS = Ledger("event", "core_event", "payload", EVENT_LINE)
LEDGERS = {ledger.name: ledger for ledger in (HISTORY, EVENTS)}


def month_after(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def copied(sql: str, params: list[Any]) -> Generator[bytes]:
    """The rows of a question as lines of bytes, streamed, each without its end of line."""
    with plainly(), connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT", params) as rows:
        for row in rows:
            yield bytes(row)[:-1]


@contextmanager
def plainly() -> Iterator[None]:
    """Moments and numbers are written in one way only, whatever the server or session is set to."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('DateStyle', 'ISO, YMD', true), set_config('TimeZone', 'UTC', true),"
            " set_config('IntervalStyle', 'postgres', true), set_config('extra_float_digits', '1', true),"
            " set_config('bytea_output', 'hex', true), set_config('enable_seqscan', 'on', true)"
        )
        yield
