"""What can be told of customers, in the past tense. A set is told once, with one subject for each."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class CustomersAdded(Event):
    """Customers came in, by hand or from a file."""

    count: int

    wording = _("added the customer")


@dataclass(frozen=True)
class CustomersChanged(Event):
    """Fields of customers were changed."""

    fields: tuple[str, ...]

    wording = _("changed the customer")


@dataclass(frozen=True)
class CustomersAssigned(Event):
    """Customers were handed to an owner, or taken from one (`owner_id` is None); perhaps in a hand-over."""

    owner_id: int | None
    count: int
    handover_id: int | None = None

    wording = _("changed the owner")


@dataclass(frozen=True)
class CustomersStatusChanged(Event):
    """Customers got another status."""

    status: str

    wording = _("changed the status")


@dataclass(frozen=True)
class CustomersBlocked(Event):
    """Customers were blocked: no outgoing messages, no new deals."""

    count: int

    wording = _("blocked the customer")


@dataclass(frozen=True)
class CustomersUnblocked(Event):
    """Customers were unblocked; what was before holds again."""

    count: int

    wording = _("unblocked the customer")


@dataclass(frozen=True)
class CustomersTagged(Event):
    """Tags were put on customers or taken off."""

    count: int

    wording = _("changed the tags")


@dataclass(frozen=True)
class CustomersArchived(Event):
    """Customers were archived."""

    count: int

    wording = _("archived the customer")


@dataclass(frozen=True)
class CustomersRestored(Event):
    """Archived customers came back."""

    count: int

    wording = _("restored the customer")


@dataclass(frozen=True)
class CustomersMerged(Event):
    """Customers turned out to be one; all that hung on the merged ones is the survivor's now (CUS-23)."""

    survivor_id: int
    merged_ids: tuple[int, ...]

    wording = _("merged customers into one")


@dataclass(frozen=True)
class ContactsMerged(Event):
    """Contacts turned out to be one person (CUS-23)."""

    survivor_id: int
    merged_ids: tuple[int, ...]

    wording = _("merged contacts into one")


@dataclass(frozen=True)
class ContactsAdded(Event):
    """People were added to customers."""

    contact_ids: tuple[int, ...]

    wording = _("added a contact")


@dataclass(frozen=True)
class ContactChanged(Event):
    """A contact was changed, made primary, archived, restored or moved."""

    contact_id: int
    what: str

    wording = _("changed a contact")
