"""The timeline of a customer: activities and notes together, newest first, by key (TIM-1)."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from leadline.core.clock import now
from leadline.core.planned import planned
from leadline.core.reading import attributes_of, columns_of, record_of
from leadline.customers.models import Contact, Customer
from leadline.people.models import User
from leadline.timeline.models import Activity, Note

PORTION = 30
NOTE = "note"
# Activities stand in monthly partitions: the nearest are asked first, the rest only when they run out.
NEAR = timedelta(days=366)
Key = tuple[datetime, int]
Whose = tuple[str, int]  # the column, the key

_ACTIVITY, _OF_NOTE = attributes_of(Activity), attributes_of(Note)
_PERSON = attributes_of(User, "id", "email", "name", "team_id")
_CONTACT = attributes_of(Contact, "id", "name")
_ACTIVITIES = f"""
SELECT {columns_of(Activity, "entry")}, {columns_of(User, "person", *_PERSON)},
       {columns_of(Contact, "contact", *_CONTACT)}
  FROM timeline_activity entry
  JOIN people_user person ON person.id = entry.user_id
  LEFT JOIN customers_contact contact ON contact.id = entry.contact_id
 WHERE entry.%(whose)s = %%s AND entry.archived_at IS NULL%(tests)s
 ORDER BY entry.at DESC, entry.id DESC LIMIT %%s
"""
_NOTES = f"""
SELECT {columns_of(Note, "entry")}, {columns_of(User, "person", *_PERSON)}
  FROM timeline_note entry JOIN people_user person ON person.id = entry.author_id
 WHERE entry.%(whose)s = %%s AND entry.archived_at IS NULL%(tests)s
 ORDER BY entry.created_at DESC, entry.id DESC LIMIT %%s
"""


@dataclass(frozen=True)
class Filters:
    """What of the timeline is wanted: kinds ("call", "note"), one person, an outcome, a period, words."""

    kinds: tuple[str, ...] = ()
    user_id: int | None = None
    outcome: str = ""
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""


@dataclass(frozen=True)
class Moment:
    """One entry: an activity or a note."""

    at: datetime
    activity: Activity | None = None
    note: Note | None = None
    contact: Contact | None = None

    @property
    def day(self) -> date:
        """The day it belongs to, in the zone of whoever looks."""
        return timezone.localtime(self.at).date()

    @property
    def key(self) -> Key:
        """Where it stands; notes and activities of one moment are told apart by their ids."""
        return self.at, (self.note or self.activity).pk  # type: ignore[union-attr]


@dataclass(frozen=True)
class Timeline:
    """Some moments, newest first; `next` is the key of older ones."""

    moments: list[Moment] = field(default_factory=list)
    next: Key | None = None


def timeline_of(
    customer: Customer, *, filters: Filters | None = None, before: Key | None = None, limit: int = PORTION
) -> Timeline:
    """What happened with a customer, from a key downwards; two or three queries however long it is."""
    wanted = filters or Filters()
    wanted = replace(wanted, words=wanted.words.replace("\0", ""))  # which the database takes in no text
    whose = ("customer_id", customer.pk)
    moments = activities_of(whose, wanted, before, limit) + _notes(whose, wanted, before, limit)
    moments.sort(key=lambda moment: moment.key, reverse=True)
    more = moments[limit - 1].key if len(moments) > limit else None
    return Timeline(moments[:limit], more)


def activities_of(whose: Whose, wanted: Filters, before: Key | None, limit: int) -> list[Moment]:
    """The activities of a customer or lead, newest first, and one more than the limit; one or two queries."""
    kinds = set(wanted.kinds) & set(Activity.Kind.values)
    if (wanted.kinds and not kinds) or (wanted.outcome and wanted.outcome not in Activity.Outcome.values):
        return []
    tests, params = _tests(wanted, "at", "user_id", before)
    if wanted.kinds:
        tests, params = [*tests, "entry.kind = ANY(%s)"], [*params, list(kinds)]
    if wanted.outcome:
        tests, params = [*tests, "entry.outcome = %s"], [*params, wanted.outcome]
    if wanted.words:
        tests.append("(entry.title ILIKE %s OR entry.description ILIKE %s)")
        params += [_like(wanted.words)] * 2
    border = (before[0] if before else now()) - NEAR
    found: list[Moment] = []
    for test in ("entry.at >= %s", "entry.at < %s"):
        rows = _rows(_ACTIVITIES, whose, [*tests, test], [*params, border], limit + 1 - len(found))
        found += [_activity(row) for row in rows]
        if len(found) > limit:
            break
    return found


def _notes(whose: Whose, wanted: Filters, before: Key | None, limit: int) -> list[Moment]:
    if (wanted.kinds and NOTE not in wanted.kinds) or wanted.outcome:
        return []
    tests, params = _tests(wanted, "created_at", "author_id", before)
    if wanted.words:
        tests, params = [*tests, "entry.body ILIKE %s"], [*params, _like(wanted.words)]
    return [_note(row) for row in _rows(_NOTES, whose, tests, params, limit + 1)]


def _tests(wanted: Filters, at: str, by: str, before: Key | None) -> tuple[list[str], list[Any]]:
    asked: list[tuple[str, Any]] = []
    if before:
        asked.append((f"(entry.{at}, entry.id) < (%s, %s)", before))
    if wanted.user_id:
        asked.append((f"entry.{by} = %s", (wanted.user_id,)))
    if wanted.since:
        asked.append((f"entry.{at} >= %s", (wanted.since,)))
    if wanted.until:
        asked.append((f"entry.{at} < %s", (wanted.until,)))
    return [test for test, _given in asked], [value for _test, given in asked for value in given]


def _rows(sql: str, whose: Whose, tests: list[str], params: list[Any], limit: int) -> list[tuple[Any, ...]]:
    asked = sql % {"whose": whose[0], "tests": "".join(f" AND {test}" for test in tests)}
    with planned() as cursor:
        cursor.execute(asked, [whose[1], *params, limit])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _activity(row: tuple[Any, ...]) -> Moment:
    own, person, contact = len(_ACTIVITY), len(_PERSON), len(_CONTACT)
    activity = record_of(Activity, _ACTIVITY, row[:own])
    activity.user = record_of(User, _PERSON, row[own : own + person])
    met = row[-contact:]
    return Moment(
        activity.at, activity=activity, contact=record_of(Contact, _CONTACT, met) if met[0] else None
    )


def _note(row: tuple[Any, ...]) -> Moment:
    note = record_of(Note, _OF_NOTE, row[: len(_OF_NOTE)])
    note.author = record_of(User, _PERSON, row[len(_OF_NOTE) :])
    return Moment(note.created_at, note=note)


def _like(words: str) -> str:
    return f"%{connection.ops.prep_for_like_query(words)}%"
