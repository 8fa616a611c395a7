"""The timeline of a customer: activities and notes together, newest first, by key (TIM-1)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from leadline.core.clock import now
from leadline.customers.models import Contact, Customer
from leadline.timeline.models import Activity, Note

PORTION = 30
NOTE = "note"
# Activities stand in monthly partitions: the nearest months are asked first, the rest only when they run out.
_REACH = (timedelta(days=92), timedelta(days=366), None)
Key = tuple[datetime, int]


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
    activities = _activities(customer, wanted, before, limit)
    notes = _notes(customer, wanted, before, limit)
    contacts = _contacts(activities)
    moments = [Moment(row.at, activity=row, contact=contacts.get(row.contact_id)) for row in activities]
    moments += [Moment(row.created_at, note=row) for row in notes]
    moments.sort(key=lambda moment: moment.key, reverse=True)
    more = moments[limit - 1].key if len(moments) > limit else None
    return Timeline(moments[:limit], more)


def _activities(customer: Customer, wanted: Filters, before: Key | None, limit: int) -> Sequence[Activity]:
    kinds = set(wanted.kinds) & set(Activity.Kind.values)
    if (wanted.kinds and not kinds) or (wanted.outcome and wanted.outcome not in Activity.Outcome.values):
        return []
    rows = Activity.objects.current().filter(customer_id=customer.pk).select_related("user")
    rows = _narrowed(rows, wanted, "at", "user_id", before)
    if wanted.kinds:
        rows = rows.filter(kind__in=kinds)
    if wanted.outcome:
        rows = rows.filter(outcome=wanted.outcome)
    if wanted.words:
        rows = rows.filter(Q(title__icontains=wanted.words) | Q(description__icontains=wanted.words))
    start = before[0] if before else now()
    found: Sequence[Activity] = []
    for reach in _REACH:
        bounded = rows.filter(at__gte=start - reach) if reach else rows
        found = bounded.order_by("-at", "-id")[: limit + 1]
        if len(found) > limit:
            break
    return list(found)


def _notes(customer: Customer, wanted: Filters, before: Key | None, limit: int) -> Sequence[Note]:
    if (wanted.kinds and NOTE not in wanted.kinds) or wanted.outcome:
        return []
    rows = Note.objects.current().filter(customer_id=customer.pk).select_related("author")
    rows = _narrowed(rows, wanted, "created_at", "author_id", before)
    if wanted.words:
        rows = rows.filter(body__icontains=wanted.words)
    return list(rows.order_by("-created_at", "-id")[: limit + 1])


def _narrowed(rows: Any, wanted: Filters, at: str, by: str, before: Key | None) -> Any:
    if before:
        rows = rows.filter(Q(**{f"{at}__lt": before[0]}) | Q(**{at: before[0], "id__lt": before[1]}))
        rows = rows.filter(**{f"{at}__lte": before[0]})
    if wanted.user_id:
        rows = rows.filter(**{by: wanted.user_id})
    if wanted.since:
        rows = rows.filter(**{f"{at}__gte": wanted.since})
    if wanted.until:
        rows = rows.filter(**{f"{at}__lt": wanted.until})
    return rows


def _contacts(activities: Sequence[Activity]) -> dict[int | None, Contact]:
    wanted = {row.contact_id for row in activities if row.contact_id}
    return dict(Contact.objects.in_bulk(wanted)) if wanted else {}
