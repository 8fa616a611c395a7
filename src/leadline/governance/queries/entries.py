"""Entries of the audit in plain words: what was done to which record, with old and new values."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from leadline.core.events.event import event_classes
from leadline.core.events.queries import sentence_of
from leadline.core.history import HistoryEntry, tracking_of
from leadline.core.history.models import ExactNumbers
from leadline.core.history.queries import Change
from leadline.core.history.wording import Wording, door_in_words

HISTORY = "history"
# What a row of the list must bring: `Door.beside` of the audit.
BESIDE = ("what", "at", "ledger", "kind", "record", "values", "who", "cause")
_SELECT = (
    "SELECT e.id, e.at, e.ledger, e.what, e.kind, e.record_id, e.payload::text, who.name, e.via,"
    " e.trace, e.change_set_id, e.about_kind, e.about_id FROM governance_entry e"
    " LEFT JOIN people_user who ON who.id = e.actor_id WHERE e.id = %s"
)
MOST_SUBJECTS = 100


@dataclass(frozen=True)
class Line:
    """One entry as the list shows it; `deed` is told without who did it."""

    id: int
    at: datetime
    deed: str
    record: str
    address: str
    changes: tuple[Change, ...]
    erased: bool


@dataclass(frozen=True)
class Whole:
    """One entry with all that is known of it."""

    line: Line
    who: str
    door: str
    cause: str
    ledger: str
    what: str
    change_set_id: int | None
    values: list[tuple[str, str]]
    subjects: list[tuple[str, str]]


def lines_of(rows: Iterable[tuple[int, Mapping[str, Any]]], viewer: Any) -> dict[int, Line]:
    """Id → line for the rows of a page; the names behind all of them in one query for each kind."""
    found = [(key, row, _payload(row["values"])) for key, row in rows]
    wording = Wording(viewer)
    changes = [(row, payload) for _key, row, payload in found if row["ledger"] == HISTORY]
    wording.prepare(
        (row["kind"], column, value)
        for row, payload in changes
        for column, pair in payload.items()
        for value in pair
    )
    names = wording.name(
        {(row["kind"], row["record"]) for row, _payload in changes if _is_known(row["kind"])}
    )
    return {key: _line(key, row, payload, wording, names) for key, row, payload in found}


def entry_of(entry_id: int, viewer: Any) -> Whole | None:
    """One entry of the audit; none where there is no such entry."""
    with connection.cursor() as cursor:
        cursor.execute(_SELECT, [entry_id])
        row = cursor.fetchone()
        if row is None:
            return None
        _id, at, ledger, what, kind, record, values, who, via, trace, change_set, _k, _a = row
        cursor.execute(
            "SELECT kind, subject_id FROM core_event_subject WHERE event_id = %s ORDER BY 1, 2 LIMIT %s",
            [-entry_id, MOST_SUBJECTS],
        )
        subjects = cursor.fetchall()
    given = {"at": at, "ledger": ledger, "what": what, "kind": kind, "record": record, "values": values}
    line = lines_of([(entry_id, given)], viewer)[entry_id]
    names = Wording(viewer).name({pair for pair in subjects if _is_known(pair[0])})
    return Whole(
        line=line,
        who=who or _("nobody known"),
        door=door_in_words(via) or _("from outside of Leadline"),
        cause=trace,
        ledger=ledger,
        what=what,
        change_set_id=change_set,
        values=[] if ledger == HISTORY else [(k, _told(v)) for k, v in _payload(values).items()],
        subjects=[(names.get(pair) or f"{pair[0]} {pair[1]}", address_of(*pair)) for pair in subjects],
    )


def address_of(kind: str, record: int) -> str:
    """The page of a record, where its app has one by the usual name."""
    try:
        return reverse(f"{kind}s:page", args=[record])
    except NoReverseMatch:
        return ""


def _line(
    key: int,
    row: Mapping[str, Any],
    payload: dict[str, Any],
    wording: Wording,
    names: Mapping[tuple[str, int], str],
) -> Line:
    if row["ledger"] != HISTORY:
        words = sentence_of(event_classes().get(row["what"]), payload) or row["what"]
        return Line(
            key,
            row["at"],
            words[:1].upper() + words[1:],
            "",
            "",
            (),
            payload != {} and not any(map(_is_there, payload.values())),
        )
    kind, record = row["kind"], row["record"]
    verb = str(HistoryEntry.Verb(row["what"]).label)
    changes = tuple(
        Change(
            column,
            wording.label(kind, column),
            wording.value(kind, column, old),
            wording.value(kind, column, new),
        )
        for column, (old, new) in payload.items()
        if not wording.is_hidden(kind, column)
    )
    erased = bool(payload) and all(pair == [None, None] for pair in payload.values())
    named = names.get((kind, record)) or f"{kind} {record}"
    return Line(key, row["at"], verb, named, address_of(kind, record), changes, erased)


def _payload(text: Any) -> dict[str, Any]:
    return json.loads(text, cls=ExactNumbers) if isinstance(text, str) and text else (text or {})


def _is_known(kind: str) -> bool:
    try:
        tracking_of(kind)
    except KeyError:
        return False
    return True


def _is_there(value: Any) -> bool:
    return value is not None


def _told(value: Any) -> str:
    if value is None:
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
