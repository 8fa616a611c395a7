"""The figures and lists that open the 360° page, in a handful of queries (CUS-9, CUS-10)."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch

from leadline.core.clock import now
from leadline.core.planned import planned
from leadline.core.reading import attributes_of, columns_of, record_of
from leadline.customers.models import Contact, Customer
from leadline.timeline.models import Attachment, Note

_CONTACT = attributes_of(Contact)
_CONTACTS = f"""
SELECT {columns_of(Contact, "customers_contact")} FROM customers_contact
 WHERE customer_id = %s AND archived_at {{which}} ORDER BY is_primary DESC, name_key, id
"""
_FIGURES = """
SELECT pulse.last_interaction_at, pulse.owner_since,
       (SELECT count(*) FROM customers_contact WHERE customer_id = %(customer)s AND archived_at IS NULL),
       (SELECT count(*) FROM timeline_note WHERE customer_id = %(customer)s AND archived_at IS NULL),
       lately.recent, least(lately.next_step, (
          SELECT min(coalesce(due_on, (due_at AT TIME ZONE zone)::date)) FROM tasks_task
           WHERE about_kind = 'customer' AND about_id = %(customer)s
             AND done_at IS NULL AND archived_at IS NULL))
"""
_LATELY = """
  FROM (SELECT count(*) FILTER (WHERE at >= %(since)s) AS recent,
               min(follow_up_on) FILTER (WHERE follow_up_on >= %(today)s) AS next_step
          FROM timeline_activity
         WHERE customer_id = %(customer)s AND at >= %(year)s AND archived_at IS NULL) lately
  LEFT JOIN customers_pulse pulse ON pulse.customer_id = %(customer)s
"""
_LISTS = """,
       (SELECT jsonb_agg(person) FROM (
          SELECT id, name, title, email, is_primary FROM customers_contact
           WHERE customer_id = %(customer)s AND archived_at IS NULL
           ORDER BY is_primary DESC, name_key, id LIMIT %(contacts)s) person),
       (SELECT jsonb_agg(pinned) FROM (
          SELECT note.body, note.created_at AS at, coalesce(nullif(author.name, ''), author.email) AS author
            FROM timeline_note note JOIN people_user author ON author.id = note.author_id
           WHERE note.customer_id = %(customer)s AND note.archived_at IS NULL AND note.pinned_at IS NOT NULL
           ORDER BY note.pinned_at DESC LIMIT %(pinned)s) pinned),
       (SELECT jsonb_agg(promised) FROM (
          SELECT promise.id, promise.text, promise.due_on, promise.due_on < %(today)s AS is_overdue,
                 coalesce(nullif(person.name, ''), person.email) AS by
            FROM timeline_promise promise JOIN people_user person ON person.id = promise.user_id
           WHERE promise.customer_id = %(customer)s AND promise.outcome = ''
           ORDER BY promise.due_on, promise.id LIMIT %(promised)s) promised),
       (SELECT jsonb_agg(known ORDER BY known.system, known.value) FROM (
          SELECT system, value FROM customers_customerexternalid
           WHERE customer_id = %(customer)s ORDER BY system, value LIMIT 20) known)
"""
CONTACTS, PINNED, PROMISED = 5, 10, 20


@dataclass(frozen=True)
class Figures:
    """`recent` counts the activities of the last 30 days, `next_step` is the nearest follow-up or task.

    `owner_since` is not known of what was assigned before it was kept.
    """

    last_interaction_at: datetime | None
    owner_since: datetime | None
    contacts: int
    notes: int
    recent: int
    next_step: date | None


@dataclass(frozen=True)
class Person:
    """A contact in short."""

    id: int
    name: str
    title: str
    email: str
    is_primary: bool


@dataclass(frozen=True)
class Pinned:
    """A pinned note in short."""

    body: str
    at: datetime
    author: str


@dataclass(frozen=True)
class Promised:
    """An open promise in short; `by` is who gave it (SIG-10)."""

    id: int
    text: str
    due_on: date
    is_overdue: bool
    by: str


@dataclass(frozen=True)
class Overview:
    """What opens the page of a customer."""

    figures: Figures
    contacts: list[Person]
    pinned: list[Pinned]
    promises: list[Promised]
    external_ids: list[str]


def figures_of(customer: Customer, today: date) -> Figures:
    """All figures of one customer in one query; `today` in the viewer's zone."""
    return Figures(*_asked(f"{_FIGURES} {_LATELY}", customer, today))


def overview_of(customer: Customer, today: date) -> Overview:
    """The figures, the first contacts, pinned notes, open promises and external ids, in one query."""
    *figures, people, pinned, promised, known = _asked(f"{_FIGURES} {_LISTS} {_LATELY}", customer, today)
    return Overview(
        Figures(*figures),
        [Person(**person) for person in _listed(people)],
        [
            Pinned(each["body"], datetime.fromisoformat(each["at"]), each["author"])
            for each in _listed(pinned)
        ],
        [Promised(**{**each, "due_on": date.fromisoformat(each["due_on"])}) for each in _listed(promised)],
        [f"{each['system']}: {each['value']}" for each in _listed(known)],
    )


def _asked(sql: str, customer: Customer, today: date) -> tuple[Any, ...]:
    moment = now()
    given: dict[str, Any] = {
        "customer": customer.pk,
        "since": moment - timedelta(days=30),
        "year": moment - timedelta(days=366),
        "today": today,
        "contacts": CONTACTS,
        "pinned": PINNED,
        "promised": PROMISED,
    }
    with planned() as cursor:
        cursor.execute(sql, given)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def _listed(value: Any) -> list[dict[str, Any]]:
    """Django leaves jsonb of plain SQL as text."""
    return (json.loads(value) if isinstance(value, str) else value) or []


def contacts_of(customer: Customer, *, archived: bool = False) -> list[Contact]:
    """The contacts, the primary first, then by name."""
    which = "IS NOT NULL" if archived else "IS NULL"
    with planned() as cursor:
        cursor.execute(_CONTACTS.format(which=which), [customer.pk])
        contacts = [record_of(Contact, _CONTACT, row) for row in cursor.fetchall()]
    for contact in contacts:
        contact.customer = customer
    return contacts


def notes_of(customer: Customer) -> list[Note]:
    """The notes, pinned ones on top, then the newest first; with their files."""
    rows = Note.objects.current().filter(customer_id=customer.pk)
    files = Prefetch("attachments", Attachment.objects.current().order_by("pk"), to_attr="files")
    rows = rows.select_related("author").prefetch_related(files)
    return sorted(rows.order_by("-created_at", "-pk")[:200], key=lambda note: note.pinned_at is None)
