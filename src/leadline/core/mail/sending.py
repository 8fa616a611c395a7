"""Sending, in the worker: claimed in one transaction, handed over outside of any, closed in another.

At most once: a letter of which nobody knows whether it was taken is never sent again. What was certainly not
taken is tried again.
"""

import logging

from django.contrib.auth import get_user_model

from leadline.core.actions import Actor
from leadline.core.mail.actions import claim_mail, close_mail, try_mail_again
from leadline.core.mail.models import OutgoingMail
from leadline.core.mail.transport import Later, Refused, Unclear, deliver

log = logging.getLogger(__name__)


def send(mail_id: int) -> None:
    """Send one letter, unless somebody has it in hand."""
    house = Actor(get_user_model()._default_manager.house(), via="job", trace=f"mail:{mail_id}")
    mail = claim_mail(mail_id, by=house)
    if mail is None:
        return
    try:
        deliver(mail)
    except Later as failure:
        try_mail_again(mail, error=str(failure), by=house)
    except Refused as failure:
        log.warning("a mail was refused", extra={"mail": mail_id, "error": str(failure)})
        close_mail(mail, state=OutgoingMail.State.FAILED, error=str(failure), by=house)
    except Unclear as failure:
        log.warning("a mail was perhaps sent", extra={"mail": mail_id, "error": str(failure)})
        close_mail(mail, state=OutgoingMail.State.UNKNOWN, error=str(failure), by=house)
    else:
        close_mail(mail, state=OutgoingMail.State.SENT, by=house)
