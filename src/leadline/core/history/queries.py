"""What happened to a record, newest first, in plain words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _

from leadline.core import clock
from leadline.core.history.models import HistoryEntry
from leadline.core.history.told import TABLE, Sql, told_arms
from leadline.core.history.wording import Wording, door_in_words
from leadline.core.reading import reading
from leadline.core.refusals import FieldChange

Key = tuple[datetime, int]
VIEW_AS = "view-as:"  # a trace that names the administrator who viewed as the actor (PPL-9)
# The months nearest to the reader are asked first; most questions never open an older partition.
_REACH = (timedelta(days=92), timedelta(days=366), None)


@dataclass(frozen=True)
class Change:
    """One column of one change: what it is called, and both values as people read them."""

    column: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One row of history as it is shown; `door` is empty for a change made in the database itself.

    `name` is what the record is called, for what belongs to the record that was asked about.
    """

    id: int
    at: datetime
    kind: str
    record_id: int
    verb: str
    verb_in_words: str
    who: str
    actor_id: int | None
    door: str
    trace: str
    change_set_id: int | None
    changes: tuple[Change, ...]
    name: str = ""


@dataclass(frozen=True)
class Portion:
    """Some entries, newest first, and the key to ask for older ones (none: there are no more)."""

    entries: list[Entry]
    next: Key | None


def history_of(
    kind: str, record_id: int, *, before: Key | None = None, limit: int = 50, viewer: Any = None
) -> Portion:
    """What happened to one record itself (ALL-4)."""
    return _portion([("kind = %s AND record_id = %s", [kind, record_id])], before, limit, viewer)


def history_about(
    kind: str, about_id: int, *, before: Key | None = None, limit: int = 50, viewer: Any = None
) -> Portion:
    """What happened to a record and to what belongs to it, as its contacts and notes (ALL-4)."""
    return _portion(told_arms([kind], [about_id]), before, limit, viewer)


def changes_since(
    kind: str, record_id: int, since: int | datetime, *, viewer: Any = None
) -> list[FieldChange]:
    """What was changed on a record after a version or moment, one entry per field with the value now.

    This is what an `EditConflict` tells (ALL-1).
    """
    newer = Q(at__gt=since) if isinstance(since, datetime) else Q(version__gt=since)
    found = HistoryEntry.objects.filter(newer, kind=kind, record_id=record_id, verb=HistoryEntry.Verb.CHANGED)
    rows = list(found.select_related("actor").order_by("at", "id"))
    latest: dict[str, FieldChange] = {}
    for row, entry in zip(rows, _worded(rows, viewer), strict=True):
        for change in entry.changes:
            name = change.column
            before = latest[name].before if name in latest else (row.changes or {}).get(name, [None])[0]
            latest[name] = FieldChange(name, change.label, change.new, entry.who, entry.at, before)
    return list(latest.values())


def _portion(arms: Sequence[Sql], before: Key | None, limit: int, viewer: Any) -> Portion:
    found: list[HistoryEntry] = []
    upper = before[0] if before else clock.now()
    stretch: Sql = ("at <= %s AND (at, id) < (%s, %s)", [upper, *before]) if before else ("TRUE", [])
    for reach in _REACH:  # each goes on where the one before it ended
        since = upper - reach if reach else None
        asked = (f"{stretch[0]} AND at > %s", [*stretch[1], since]) if since else stretch
        found += _newest(arms, asked, limit + 1 - len(found))
        if len(found) > limit:
            break
        stretch = ("at <= %s", [since])
    shown = found[:limit]
    more = (shown[-1].at, shown[-1].pk) if len(found) > limit else None
    return Portion(_worded(shown, viewer), more)


def _newest(arms: Sequence[Sql], stretch: Sql, most: int) -> list[HistoryEntry]:
    """The newest within a stretch of time that fulfil one of the conditions.

    Each is read in order from an index of its own and ends at the limit, however many entries a record has;
    of one statement with OR all would be read and sorted.
    """
    latest = f"ORDER BY {TABLE}.at DESC, {TABLE}.id DESC LIMIT {most:d}"
    each = [f"(SELECT * FROM {TABLE} WHERE {arm} AND {stretch[0]} {latest})" for arm, _params in arms]
    params = [param for _arm, own in arms for param in (*own, *stretch[1])]
    return reading(HistoryEntry, "actor").found(" UNION ALL ".join(each), params, latest)


def _worded(rows: Iterable[HistoryEntry], viewer: Any) -> list[Entry]:
    rows = list(rows)
    wording = Wording(viewer)
    wording.prepare(
        (row.kind, column, value)
        for row in rows
        for column, pair in (row.changes or {}).items()
        for value in pair
    )
    names = wording.name((row.kind, row.record_id) for row in rows if row.kind != row.about_kind)
    behind = _behind(rows)
    return [
        _entry(row, wording, names.get((row.kind, row.record_id), ""), behind.get(row.pk, "")) for row in rows
    ]


def _behind(rows: list[HistoryEntry]) -> dict[int, str]:
    """Who it was in truth, where an administrator viewed as somebody and changed something (PPL-9)."""
    traces = {row.pk: row.trace.removeprefix(VIEW_AS) for row in rows if row.trace.startswith(VIEW_AS)}
    keys = {pk: int(trace.partition(" ")[0]) for pk, trace in traces.items()}
    people = get_user_model()._default_manager.in_bulk(set(keys.values())) if keys else {}
    return {pk: str(people[key]) for pk, key in keys.items() if key in people}


def _entry(row: HistoryEntry, wording: Wording, name: str, behind: str) -> Entry:
    return Entry(
        id=row.pk,
        at=row.at,
        kind=row.kind,
        record_id=row.record_id,
        verb=row.verb,
        verb_in_words=str(HistoryEntry.Verb(row.verb).label),
        who=_who(row, behind),
        actor_id=row.actor_id,
        door=door_in_words(row.via),
        trace=row.trace,
        change_set_id=row.change_set_id,
        changes=tuple(
            Change(column, *said)
            for column, (old, new) in (row.changes or {}).items()
            if not wording.is_hidden(row.kind, column)
            for said in wording.changes(row.kind, column, old, new)
        ),
        name=name,
    )


def _who(row: HistoryEntry, behind: str) -> str:
    who = str(row.actor) if row.actor else _("nobody known")
    return _("%(who)s (%(other)s viewed as)") % {"who": who, "other": behind} if behind else who
