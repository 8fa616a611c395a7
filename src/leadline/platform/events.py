"""What can be told of the platform, in the past tense; a batch is told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class PlatformUsersAppeared(Event):
    """Users of the platform became known, or registered; `registered_ids` are those who registered.

    The subjects are users of the platform. Whoever became known by another event may register later, and
    then is told again.
    """

    count: int
    registered_ids: tuple[int, ...] = ()

    wording = _("became known as a user of the platform")


@dataclass(frozen=True)
class PlatformUsersReaddressed(Event):
    """Users of the platform who were known already have another e-mail now; the subjects."""

    count: int

    wording = _("has another e-mail on the platform")


@dataclass(frozen=True)
class PlatformUsersLinked(Event):
    """Users of the platform were found to be customers; the subjects are both."""

    count: int

    wording = _("was found to be a user of the platform")


@dataclass(frozen=True)
class PaymentsReceived(Event):
    """Payments came in from the platform: deposits, failed deposits, withdrawals; the subjects."""

    deposits: int
    failed: int
    withdrawals: int

    wording = _("payments: %(deposits)s deposits, %(failed)s failed, %(withdrawals)s withdrawals")


@dataclass(frozen=True)
class PlatformEventsTold(Event):
    """Events of one kind came in from the platform; told only while somebody watches for the kind.

    The subjects are the events; `first_at` and `last_at` are the moments between which they happened.
    """

    kind: str
    count: int
    first_at: datetime
    last_at: datetime

    wording = _("events of the platform: %(count)s × %(kind)s")


@dataclass(frozen=True)
class IngestKeyChanged(Event):
    """A key for signed events was made, renewed or revoked."""

    key_id: int
    what: str

    wording = _("changed the key %(key_id)s of the platform: %(what)s")


@dataclass(frozen=True)
class EventsArchived(Event):
    """A month of events went from the database into a file (`size` in bytes); the subject is that month."""

    month: str
    events: int
    size: int

    wording = _("archived %(events)s events of %(month)s")


@dataclass(frozen=True)
class EventsBroughtBack(Event):
    """An archived month of events was brought back into the database; the subject is that month."""

    month: str
    events: int

    wording = _("brought back %(events)s events of %(month)s")


@dataclass(frozen=True)
class ArchivedEventsTaken(Event):
    """Somebody took the file of an archived month out of the house; the subject is that month."""

    month: str
    events: int

    wording = _("downloaded %(events)s archived events of %(month)s")


@dataclass(frozen=True)
class PlatformRulesChanged(Event):
    """What counts as online, or what the platform is called, was changed."""

    wording = _("changed what holds for the platform")
