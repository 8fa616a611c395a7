"""Who may do what with mail that comes in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leadline.intake.models import IntakeAddress
from leadline.intake.verbs import ADDRESS_VERBS
from leadline.people.permissions import FOR_ALL, permissions_for

permissions_for(
    "mail_in",
    _("Mail in"),
    "view deliver manage",
    scopes=FOR_ALL,
    objects=_("mail that comes in"),
    words={
        "view": (
            _("See"),
            _("Addresses and the log of letters; those about a lead or customer are seen with it."),
            _("see %(objects)s"),
        ),
        "deliver": (
            _("Hand in"),
            _("Hand letters over by the API, take in what was left aside."),
            _("hand in %(objects)s"),
        ),
        "manage": (
            _("Manage"),
            _("Make and change addresses and their mailboxes."),
            _("manage %(objects)s"),
        ),
    },
)
NOT_YOURS = _("Your role does not manage mail that comes in. An administrator can help.")


def may_see_mail(user: Any) -> bool:
    """Read which addresses there are, and the log."""
    return bool(user.is_system or user.may("mail_in", "view"))


def may_deliver_mail(user: Any) -> bool:
    """Hand letters over, and take in what was left aside."""
    return bool(user.is_system or user.may("mail_in", "deliver"))


def may_manage_mail(user: Any) -> bool:
    """Make addresses, which hold the passwords of mailboxes."""
    return bool(user.is_system or user.may("mail_in", "manage"))


def may(user: Any, verb: str, address: IntakeAddress) -> bool:
    """Whether the person may do a verb with this address now."""
    return ADDRESS_VERBS[verb].allows(user, address)
