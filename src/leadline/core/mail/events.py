"""What can be told of outgoing mail, in the past tense."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class MailFailed(Event):
    """An e-mail was refused for good (`failed`), or nobody knows whether it was taken (`unknown`)."""

    mail_id: int
    state: str

    wording = _("could not send an e-mail")
