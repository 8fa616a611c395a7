"""Letters that are handed over, by a program or by a mail server: to which address of the house they came."""

from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.refusals import RuleBroken
from leadline.intake.actions import take_letter
from leadline.intake.actions.taking import Taken
from leadline.intake.models import IntakeAddress
from leadline.intake.queries import addresses_named
from leadline.intake.reading import Unreadable, read_letter

LARGEST = 25 * 1024 * 1024  # bytes


def deliver(raw: bytes, *, to: str = "", door: str, by: Actor) -> Taken:
    """Take in a letter that came `to` an address, or to one that its head names.

    Raises `RuleBroken` for what is no letter, is too large, or came to no address of the house.
    """
    if len(raw) > LARGEST:
        raise RuleBroken(_("A letter of at most 25 MB is accepted."), field="message")
    taken = take_letter(_address(raw, to), raw, door=door, by=by)
    assert taken is not None  # only a mailbox counts what was read
    return taken


def _address(raw: bytes, to: str) -> IntakeAddress:
    named = [to.strip().lower()] if to else _recipients(raw)
    found = addresses_named(named)
    if not found:
        known = ", ".join(IntakeAddress.objects.current().values_list("email", flat=True)) or "–"
        message = _("Mail to this address is not taken in. Known are: %(known)s.")
        raise RuleBroken(message % {"known": known}, field="to", value=", ".join(named)[:100])
    return found[0]


def _recipients(raw: bytes) -> list[str]:
    try:
        return list(read_letter(raw, is_whole=False).recipients)
    except Unreadable as failure:
        message = _("This is no e-mail (RFC 5322), or one that can't be read.")
        raise RuleBroken(message, field="message") from failure
