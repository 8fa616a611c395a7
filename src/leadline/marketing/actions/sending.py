"""Sending one e-mail: allowed, whole, noted on the timeline, and never twice for one cause (PPL-8, TIM-3)."""

import re

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.mail import can_send, send_letter
from leadline.core.organisation import organisation
from leadline.core.refusals import RuleBroken
from leadline.marketing.layout import Composed
from leadline.marketing.models import MailTemplate, Sending
from leadline.marketing.recipients import Recipient
from leadline.marketing.wording import check_places, open_places

LONGEST_SUBJECT, LONGEST_BODY, LONGEST_CAUSE = 200, 20_000, 100


@action
def send_mail(
    recipient: Recipient,
    *,
    subject: str,
    body: str,
    cause: str,
    template: MailTemplate | None = None,
    language: str = "",
    by: Actor,
) -> Sending:
    """Have an e-mail sent after this transaction, and note it on the recipient's timeline.

    `body` is Markdown with all places filled. A second call with the same `cause` sends nothing and gives
    what was sent. Raises `RuleBroken` naming the field, `NotAllowed` for whoever may not write to the record;
    who must not be mailed is refused with the reason (PPL-8). Answers go to the sender, not to the house.
    """
    recipient.require(by)
    if not re.fullmatch(rf"[!-~]{{1,{LONGEST_CAUSE}}}", cause):
        raise RuleBroken(_("Send the form as it came."), field="cause", value=cause[:40])
    sent = Sending.objects.filter(cause=cause, user=by.user).first()
    if sent is not None:
        return sent
    if not can_send():
        raise RuleBroken(_("Outgoing mail is not set up; an administrator sets LEADLINE_EMAIL_URL."))
    if not recipient.may:
        raise RuleBroken(recipient.may.why_not, field="to", value=recipient.email)
    words = _whole(subject, "subject", LONGEST_SUBJECT), _whole(body, "body", LONGEST_BODY)
    letter = Composed(*words, language or organisation().language)
    person = "" if by.user.is_system else by.user.email
    mail = send_letter(letter, to=recipient.email, reply_to=person, by=by)
    recipient.log(letter.clean_subject, letter.body, by)
    return Sending.objects.create(
        kind=recipient.kind,
        record_id=recipient.id,
        template=template,
        language=language,
        to=mail.to,
        subject=letter.clean_subject,
        cause=cause,
        mail=mail,
        user=by.user,
        created_at=now(),
    )


def _whole(text: str, field: str, most: int) -> str:
    """A text that can go out: something, not too long, no place left open."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        message = _("Give the e-mail a subject.") if field == "subject" else _("Write what the e-mail says.")
        raise RuleBroken(message, field=field)
    if len(text) > most or "\x00" in text:
        message = _("At most %(most)s characters, all of them text, are accepted.")
        raise RuleBroken(message % {"most": most}, field=field, value=text[:80])
    check_places(text, field=field)
    still_open = open_places(text)
    if still_open:
        message = _("Nothing is known for {{ %(place)s }}: write what shall stand there.")
        raise RuleBroken(message % {"place": still_open[0]}, field=field, value=still_open[0])
    return text
