"""What a new owner should know of a customer, as it stands on a hand-over sheet (SIG-10)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.core.clock import now
from leadline.handovers.registry import Entry, on_sheet
from leadline.people.models import User
from leadline.timeline.models import Activity, Note, Promise

LATELY, AHEAD = timedelta(days=366), timedelta(days=366 * 2)
LAST_CONTACTS = 3
TONES = {"positive": "good", "neutral": "neutral", "negative": "bad"}
# The last of each customer by an index of its own, not by sorting all of them.
_LAST = """
SELECT wanted.id, last.title, last.kind, last.outcome, last.at, last.person
  FROM unnest(%(ids)s::bigint[]) AS wanted (id), LATERAL (
       SELECT entry.title, entry.kind, entry.outcome, entry.at,
              coalesce(nullif(person.name, ''), person.email) AS person
         FROM timeline_activity entry JOIN people_user person ON person.id = entry.user_id
        WHERE entry.customer_id = wanted.id AND entry.archived_at IS NULL
          AND entry.at BETWEEN %(since)s AND %(now)s {also}
        ORDER BY entry.at DESC LIMIT %(limit)s) last
"""
Entries = dict[int, list[Entry]]
Last = tuple[int, str, str, str, datetime, str]  # customer, title, kind, outcome, when, who


@on_sheet("customer", "promises", gettext_lazy("Promises"), "flag")
def promises(ids: Sequence[int], reader: User) -> Entries:
    """What is still owed, whoever promised it."""
    today, found = timezone.localdate(), _empty()
    for each in Promise.objects.open().filter(customer_id__in=ids).select_related("user").order_by("due_on"):
        tone = "bad" if each.due_on < today else ""
        found[each.customer_id].append(Entry(each.text, str(each.user), due_on=each.due_on, tone=tone))
    return found


@on_sheet("customer", "next_dates", gettext_lazy("Next dates"), "calendar")
def next_dates(ids: Sequence[int], reader: User) -> Entries:
    """Follow-ups that were set and lie ahead."""
    return _follow_ups(ids, ahead=True)


@on_sheet("customer", "open", gettext_lazy("Overdue"), "clock")
def overdue(ids: Sequence[int], reader: User) -> Entries:
    """Follow-ups of the last three months after which nobody talked to the customer."""
    return _follow_ups(ids, ahead=False)


@on_sheet("customer", "pinned", gettext_lazy("Pinned notes"), "pin")
def pinned(ids: Sequence[int], reader: User) -> Entries:
    """What colleagues put on top."""
    found = _empty()
    notes = Note.objects.current().filter(customer_id__in=ids, pinned_at__isnull=False)
    for note in notes.select_related("author").order_by("-pinned_at"):
        found[note.customer_id].append(Entry(note.body, str(note.author), at=note.created_at, prose=True))
    return found


@on_sheet("customer", "mood", gettext_lazy("Mood"), "heart-rate-monitor")
def mood(ids: Sequence[int], reader: User) -> Entries:
    """How the last contacts ended, newest first: only those that somebody judged."""
    found = _empty()
    for key, _title, _kind, outcome, at, _person in _last(
        ids, 5, "AND entry.outcome IN ('positive', 'neutral', 'negative')"
    ):
        words = str(Activity.Outcome(outcome).label)
        found[key].append(Entry(words, at=at, tone=TONES[outcome]))
    return found


@on_sheet("customer", "contacts", gettext_lazy("Last contacts"), "activity")
def last_contacts(ids: Sequence[int], reader: User) -> Entries:
    """The last calls, mails and meetings of a year."""
    found = _empty()
    kinds = "AND entry.kind IN ('call', 'email', 'meeting', 'chat')"
    for key, title, kind, _outcome, at, person in _last(ids, LAST_CONTACTS, kinds):
        words = _("%(kind)s: %(title)s") % {"kind": Activity.Kind(kind).label, "title": title}
        found[key].append(Entry(words, person, at=at))
    return found


def _follow_ups(ids: Sequence[int], *, ahead: bool) -> Entries:
    today, moment, found = timezone.localdate(), now(), _empty()
    rows = Activity.objects.current().filter(
        customer_id__in=ids, at__gte=moment - LATELY, at__lte=moment + AHEAD
    )
    if ahead:
        rows = rows.filter(follow_up_on__gte=today)
    else:
        rows = rows.filter(follow_up_on__lt=today, follow_up_on__gte=today - timedelta(days=90))
    latest = {} if ahead else {row[0]: timezone.localdate(row[4]) for row in _last(ids, 1, "")}
    for each in rows.select_related("user").order_by("follow_up_on"):
        if ahead or each.follow_up_on > latest.get(each.customer_id, each.follow_up_on - LATELY):
            tone = "" if ahead else "warn"
            entry = Entry(each.title, str(each.user), due_on=each.follow_up_on, tone=tone)
            found[each.customer_id].append(entry)
    return found


def _last(ids: Sequence[int], limit: int, also: str) -> list[Last]:
    moment = now()
    given: dict[str, Any] = {"ids": list(ids), "since": moment - LATELY, "now": moment, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_LAST.format(also=also), given)
        rows: list[Last] = cursor.fetchall()
    return rows


def _empty() -> Entries:
    return defaultdict(list)
