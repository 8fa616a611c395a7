"""The figures and lists that open the 360° page, in a handful of queries (CUS-9, CUS-10)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Prefetch

from leadline.core.clock import now
from leadline.customers.models import Contact, Customer
from leadline.timeline.models import Attachment, Note

_FIGURES = """
SELECT (SELECT last_interaction_at FROM customers_pulse WHERE customer_id = %(customer)s),
       (SELECT count(*) FROM customers_contact WHERE customer_id = %(customer)s AND archived_at IS NULL),
       (SELECT count(*) FROM timeline_note WHERE customer_id = %(customer)s AND archived_at IS NULL),
       (SELECT count(*) FROM timeline_activity
         WHERE customer_id = %(customer)s AND at >= %(since)s AND archived_at IS NULL),
       (SELECT min(follow_up_on) FROM timeline_activity
         WHERE customer_id = %(customer)s AND at >= %(year)s AND follow_up_on >= %(today)s
           AND archived_at IS NULL)
"""


@dataclass(frozen=True)
class Figures:
    """`recent` counts the activities of the last 30 days, `next_step` is the nearest follow-up."""

    last_interaction_at: datetime | None
    contacts: int
    notes: int
    recent: int
    next_step: date | None


def figures_of(customer: Customer, today: date) -> Figures:
    """All figures of one customer in one query; `today` in the viewer's zone."""
    moment = now()
    with connection.cursor() as cursor:
        cursor.execute(
            _FIGURES,
            {
                "customer": customer.pk,
                "since": moment - timedelta(days=30),
                "year": moment - timedelta(days=366),
                "today": today,
            },
        )
        return Figures(*cursor.fetchone())


def contacts_of(customer: Customer, *, archived: bool = False) -> list[Contact]:
    """The contacts, the primary first, then by name."""
    rows = Contact.objects.filter(customer=customer, archived_at__isnull=not archived)
    return list(rows.order_by("-is_primary", "name_key", "pk"))


def notes_of(customer: Customer) -> list[Note]:
    """The notes, pinned ones on top, then the newest first; with their files."""
    rows = Note.objects.current().filter(customer_id=customer.pk)
    files = Prefetch("attachments", Attachment.objects.current().order_by("pk"), to_attr="files")
    rows = rows.select_related("author").prefetch_related(files)
    return sorted(rows.order_by("-created_at", "-pk")[:200], key=lambda note: note.pinned_at is None)


def pinned_notes_of(customer: Customer) -> list[Note]:
    """The pinned notes, newest pin first."""
    rows = Note.objects.current().filter(customer_id=customer.pk, pinned_at__isnull=False)
    return list(rows.select_related("author").order_by("-pinned_at")[:10])
