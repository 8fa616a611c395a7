"""Which records of a change set were edited since, and the names of records that a person may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from leadline.core.changesets import ChangeSet, KeptRow
from leadline.core.fields import catalogue
from leadline.core.subjects import visible_subjects
from leadline.people.models import User

SHOWN = 20
PAGES = {"customer": "customers:page"}

_FORESEEN = """
WITH told AS (
    SELECT kind, record_id, max(id) AS last_id FROM core_history
     WHERE change_set_id = %(change_set)s AND at >= %(since)s GROUP BY kind, record_id
), edited AS (
    SELECT DISTINCT ON (h.kind, h.record_id) h.kind, h.record_id, h.actor_id, h.at
      FROM core_history h JOIN told ON told.kind = h.kind AND told.record_id = h.record_id
     WHERE h.id > told.last_id AND h.at >= %(since)s AND h.change_set_id IS DISTINCT FROM %(change_set)s
     ORDER BY h.kind, h.record_id, h.id DESC
)
SELECT (SELECT count(*) FROM told), (SELECT count(*) FROM edited), kind, record_id, actor_id, at
  FROM (SELECT 1) once
  LEFT JOIN LATERAL (SELECT * FROM edited ORDER BY at DESC LIMIT %(shown)s) sample ON true
"""


@dataclass(frozen=True)
class Row:
    """A record that stays as it is: its name and page where the person may see it."""

    label: str
    url: str
    reason: str
    at: datetime | None


@dataclass(frozen=True)
class Foreseen:
    """What undoing a change set would meet: its records, how many were edited since, and some of those."""

    records: int
    edited: int
    sample: list[Row]


def foresee(changes: ChangeSet, user: User) -> Foreseen:
    """Look ahead, without changing anything (SIG-3)."""
    since = changes.created_at - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(_FORESEEN, {"change_set": changes.pk, "since": since, "shown": SHOWN})
        found = cursor.fetchall()
    edited = [row[2:] for row in found if row[2]]
    names = User.objects.in_bulk([actor for _kind, _id, actor, _at in edited if actor])
    kept = [
        KeptRow(kind, pk, str(names.get(actor, "")), at, _edited_by(names.get(actor)))
        for kind, pk, actor, at in edited
    ]
    return Foreseen(found[0][0], found[0][1], named(kept, user))


def named(rows: Iterable[KeptRow], user: User) -> list[Row]:
    """Rows with the names of their records, one query for each kind; no name where one may not see it."""
    rows = list(rows)
    known: dict[tuple[str, int], Any] = {}
    for kind in {row.kind for row in rows} & set(PAGES):
        ids = [row.record_id for row in rows if row.kind == kind]
        known |= {(kind, pk): record for pk, record in visible_subjects(kind, user).in_bulk(ids).items()}
    return [_row(row, known.get((row.kind, row.record_id))) for row in rows]


def _row(row: KeptRow, record: Any) -> Row:
    if record is not None:
        return Row(str(record), reverse(PAGES[row.kind], args=[record.pk]), row.reason, row.at)
    return Row(f"{_kind_in_words(row.kind)} {row.record_id}", "", row.reason, row.at)


def _kind_in_words(kind: str) -> str:
    try:
        return str(catalogue(kind).label)
    except KeyError:
        return kind


def _edited_by(who: User | None) -> str:
    return _("Edited since by %(who)s.") % {"who": who or _("somebody")}
