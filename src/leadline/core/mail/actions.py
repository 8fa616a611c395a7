"""Letters: kept, claimed, sent, given up."""

from datetime import datetime, timedelta

from leadline.core.actions import Actor, action, lock_all
from leadline.core.clock import now
from leadline.core.events import Subject, publish
from leadline.core.jobs.queue import later
from leadline.core.mail.events import MailFailed
from leadline.core.mail.letter import Written
from leadline.core.mail.models import OutgoingMail
from leadline.core.normalise.email import clean_email

MOST_TRIES = 8
LOST_AFTER = timedelta(minutes=10)
_WAITS = (1, 2, 5, 15, 60, 180, 360)  # minutes


@action
def send_letter(letter: Written, *, to: str, reply_to: str = "", by: Actor) -> OutgoingMail:
    """Have a letter sent after this transaction; with `reply_to` it is a person's, who gets the answer.

    Raises `RuleBroken` for what is no address.
    """
    mail = OutgoingMail.objects.create(
        to=clean_email(to),
        reply_to=clean_email(reply_to) if reply_to else "",
        subject=letter.clean_subject,
        text=letter.as_text(),
        html=letter.as_html(),
        created_at=now(),
    )
    later("core.send_mail", mail_id=mail.pk)
    return mail


@action
def claim_mail(mail_id: int, *, by: Actor) -> OutgoingMail | None:
    """Take a waiting letter before it is handed over, so that nobody else does; None when somebody did."""
    mail = (
        OutgoingMail.objects.select_for_update(skip_locked=True)
        .filter(pk=mail_id, state=OutgoingMail.State.WAITING)
        .first()
    )
    if mail is None:
        return None
    mail.state, mail.claimed_at, mail.tries = OutgoingMail.State.SENDING, now(), mail.tries + 1
    mail.save(update_fields=["state", "claimed_at", "tries"])
    return mail


@action
def close_mail(mail: OutgoingMail, *, state: str, error: str = "", by: Actor) -> None:
    """The letter was sent, refused, or nobody knows: what it said is erased."""
    mail.state, mail.error, mail.text, mail.html = state, error[:300], "", ""
    mail.sent_at = now() if state == OutgoingMail.State.SENT else None
    mail.save(update_fields=["state", "error", "text", "html", "sent_at"])
    if state != OutgoingMail.State.SENT:
        publish(MailFailed(mail_id=mail.pk, state=state), by=by, about=[Subject("mail", mail.pk)])


@action
def try_mail_again(mail: OutgoingMail, *, error: str, by: Actor) -> datetime | None:
    """It was certainly not taken: once more later, at most eight times; returns when."""
    if mail.tries >= MOST_TRIES:
        close_mail(mail, state=OutgoingMail.State.FAILED, error=error, by=by)
        return None
    at = now() + timedelta(minutes=_WAITS[mail.tries - 1])
    mail.state, mail.error = OutgoingMail.State.WAITING, error[:300]
    mail.save(update_fields=["state", "error"])
    later("core.send_mail", at=at, mail_id=mail.pk)
    return at


@action
def close_lost_mail(*, by: Actor) -> int:
    """Letters whose worker died while it handed them over: perhaps sent, and so never sent again."""
    rows = OutgoingMail.objects.filter(state=OutgoingMail.State.SENDING, claimed_at__lt=now() - LOST_AFTER)
    lost = lock_all(rows)
    for mail in lost:
        error = "the worker ended while it was handed over"
        close_mail(mail, state=OutgoingMail.State.UNKNOWN, error=error, by=by)
    return len(lost)
