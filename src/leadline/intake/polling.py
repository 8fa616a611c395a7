"""Looking into mailboxes: each new letter is fetched, then taken in a transaction of its own (LEA-2).

What is read is marked in the transaction that takes it. Whoever dies between fetching and marking leaves
nothing behind: the next look fetches the letter again.
"""

import logging
import time
from hashlib import sha256

from django.db import InterfaceError, OperationalError
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.core.actions import Actor
from leadline.core.organisation import organisation
from leadline.core.refusals import RuleBroken
from leadline.intake.actions import note_poll, note_unreadable, pass_over, place_at, take_letter
from leadline.intake.mailbox import Fetched, Mailbox, Trouble, opened
from leadline.intake.models import IntakeAddress, Letter
from leadline.people.models import User

log = logging.getLogger(__name__)
PORTION, LONGEST = 50, 120.0  # letters, seconds: then others have their turn


def poll(address_id: int) -> bool:
    """Take in what is new in one mailbox; says whether more waits there."""
    address = IntakeAddress.objects.polled().filter(pk=address_id).first()
    if address is None:
        return False
    house = Actor(User.objects.house(), via="job", trace=f"intake_address:{address.pk}")
    with translation.override(organisation().language):
        try:
            with opened(address) as mailbox:
                more = _take_new(address, mailbox, house)
        except Trouble as trouble:
            note_poll(address, trouble=str(trouble), by=house)
            return False
        note_poll(address, by=house)
    return more


def look(address: IntakeAddress) -> int:
    """How many letters lie in the folder, for whoever tries the settings. Raises `Trouble`."""
    with opened(address) as mailbox:
        return mailbox.count


def _take_new(address: IntakeAddress, mailbox: Mailbox, by: Actor) -> bool:
    address = place_at(address, uid_validity=mailbox.uid_validity, by=by)
    until = time.monotonic() + LONGEST
    since = address.reads_from.replace(microsecond=0)
    uids = mailbox.uids_after(address.last_uid, since.date())
    for uid in uids[:PORTION]:
        fetched = mailbox.fetch(uid, since)
        if fetched is None:
            pass_over(address, uid=uid, by=by)
        else:
            _take(address, fetched, mailbox.uid_validity, by)
            mailbox.mark_seen(uid)
        if time.monotonic() > until:
            return True
    return len(uids) > PORTION


def _take(address: IntakeAddress, fetched: Fetched, validity: int, by: Actor) -> None:
    """One that can't be taken is told in the log, so that it holds up no other."""
    try:
        take_letter(
            address,
            fetched.raw,
            door=Letter.Door.MAILBOX,
            uid=fetched.uid,
            uid_validity=validity,
            is_whole=fetched.is_whole,
            size=fetched.size,
            by=by,
        )
        return
    except (OperationalError, InterfaceError):
        raise  # the database is away: the whole look is tried again
    except RuleBroken as refusal:
        words = refusal.message
    except Exception:
        log.exception("a letter could not be taken in", extra={"address": address.pk, "uid": fetched.uid})
        words = _("A fault of ours; the letter lies in the mailbox.")
    digest = sha256(fetched.raw).hexdigest()
    note_unreadable(address, uid=fetched.uid, digest=digest, size=fetched.size, words=words, by=by)
