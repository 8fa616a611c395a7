"""What can be told of mail that comes in, in the past tense."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class IntakeAddressAdded(Event):
    """Mail to an address is taken in from now on."""

    address_id: int

    wording = _("added an address for mail in")


@dataclass(frozen=True)
class IntakeAddressChanged(Event):
    """An address, its mailbox, or what its leads get was changed."""

    address_id: int

    wording = _("changed an address for mail in")


@dataclass(frozen=True)
class IntakeAddressArchived(Event):
    """Mail to an address is taken in no more."""

    address_id: int

    wording = _("archived an address for mail in")


@dataclass(frozen=True)
class IntakeAddressRestored(Event):
    """Mail to an address is taken in again."""

    address_id: int

    wording = _("restored an address for mail in")


@dataclass(frozen=True)
class LetterCameIn(Event):
    """Somebody wrote: a new lead, or one or a customer that is known (`is_new` is false)."""

    letter_id: int
    is_new: bool

    wording = _("wrote an e-mail")
