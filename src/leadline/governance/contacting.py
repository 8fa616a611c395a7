"""Whether somebody may be reached: what every sender asks first (PPL-8, CUS-14)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leadline.governance.models import Channel, Contactable


@dataclass(frozen=True)
class Contacting:
    """Yes, or no with the reason."""

    allowed: bool
    why_not: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def may_contact(subject: Any, channel: str) -> Contacting:
    """Whether a contact, lead or individual customer may be reached by a channel (`Channel`).

    No for whoever was archived or erased, or blocked, or does not want it, or withdrew the consent, or never
    gave it where consent is the lawful basis. Raises ValueError for an unknown channel.
    """
    way = Channel(channel)
    reasons = {
        _("This person was erased."): bool(getattr(subject, "erased_at", None)),
        _("This record is archived."): bool(getattr(subject, "archived_at", None)),
        _("This customer is blocked."): _is_blocked(subject),
        _("Does not want to be called."): way in (Channel.PHONE,) and subject.do_not_call,
        _("Does not want e-mail."): way == Channel.EMAIL and subject.do_not_email,
        _("Consent was withdrawn."): _consent(subject, way) == Contactable.Given.WITHDRAWN,
        _("Consent is the basis, and was not given."): _needs_consent(subject, way),
    }
    why_not = next((reason for reason, holds in reasons.items() if holds), "")
    return Contacting(not why_not, why_not)


def may_be_called(table: str) -> str:
    """What of `may_contact` by phone the fields of a `Contactable` say, as SQL for a whole set."""
    wanted = Contactable.Basis.CONSENT.value, Contactable.Given.GIVEN.value
    return (
        f"(NOT {table}.do_not_call AND {table}.consent_phone <> '{Contactable.Given.WITHDRAWN.value}'"
        f" AND ({table}.lawful_basis <> '{wanted[0]}' OR {table}.consent_phone = '{wanted[1]}'))"
    )


def _consent(subject: Any, way: Channel) -> str:
    return str(getattr(subject, f"consent_{way}", ""))


def _needs_consent(subject: Any, way: Channel) -> bool:
    needed = getattr(subject, "lawful_basis", "") == Contactable.Basis.CONSENT
    return needed and _consent(subject, way) != Contactable.Given.GIVEN


def _is_blocked(subject: Any) -> bool:
    return bool(getattr(getattr(subject, "customer", subject), "blocked_at", None))
