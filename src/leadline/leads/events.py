"""What can be told of leads, in the past tense. A set is told once, with one subject for each."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class LeadsAdded(Event):
    """Leads came in, by hand, from a file or by a program."""

    count: int

    wording = _("added the lead")


@dataclass(frozen=True)
class LeadsRefreshed(Event):
    """Somebody known came in again: the lead was refreshed, not doubled."""

    count: int

    wording = _("refreshed the lead")


@dataclass(frozen=True)
class LeadsRegistered(Event):
    """People registered by themselves, on the platform or by a form; new leads or known ones."""

    count: int

    wording = _("registered")


@dataclass(frozen=True)
class LeadsChanged(Event):
    """Fields of leads were changed."""

    fields: tuple[str, ...]

    wording = _("changed the lead")


@dataclass(frozen=True)
class LeadsAssigned(Event):
    """Leads were handed to an owner, or taken from one (`owner_id` is None)."""

    owner_id: int | None
    count: int

    wording = _("assigned the lead")


@dataclass(frozen=True)
class LeadsStarred(Event):
    """Leads were released into the queues of their owners, until a moment."""

    until: datetime
    count: int

    wording = _("starred the lead")


@dataclass(frozen=True)
class LeadsUnstarred(Event):
    """Leads were taken out of the queues of their owners."""

    count: int

    wording = _("unstarred the lead")


@dataclass(frozen=True)
class LeadsStageChanged(Event):
    """Leads came into another stage."""

    stage_id: int
    count: int

    wording = _("changed the stage")


@dataclass(frozen=True)
class LeadsDisqualified(Event):
    """Leads were closed without becoming customers."""

    reason_id: int
    count: int

    wording = _("disqualified the lead")


@dataclass(frozen=True)
class LeadsReopened(Event):
    """Closed leads are worked on again."""

    count: int

    wording = _("reopened the lead")


@dataclass(frozen=True)
class LeadConverted(Event):
    """A lead became a customer with a contact, new or here before; the subjects are both."""

    customer_id: int
    contact_id: int
    change_set_id: int | None = None

    wording = _("converted the lead")


@dataclass(frozen=True)
class LeadWorked(Event):
    """Somebody tried to reach a lead, or did; `callback_at` is when it is tried again, if at all."""

    activity_id: int
    outcome: str
    callback_at: datetime | None

    wording = _("worked on the lead")


@dataclass(frozen=True)
class LeadsPutOnTop(Event):
    """Leads were put on top of the queues of their owners, until somebody speaks or writes to them."""

    count: int

    wording = _("put the lead on top of the queue")


@dataclass(frozen=True)
class LeadsTagged(Event):
    """Tags were put on leads or taken off."""

    count: int

    wording = _("changed the tags of the lead")


@dataclass(frozen=True)
class LeadsArchived(Event):
    """Leads were archived."""

    count: int

    wording = _("archived the lead")


@dataclass(frozen=True)
class LeadsRestored(Event):
    """Archived leads came back."""

    count: int

    wording = _("restored the lead")
