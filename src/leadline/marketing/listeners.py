"""What marketing does when a letter does not arrive."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from leadline.core.actions import Actor
from leadline.core.events import on
from leadline.core.mail.events import MailFailed
from leadline.core.organisation import organisation
from leadline.marketing.models import Sending
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification


@on(MailFailed)
def tell_the_sender(event: MailFailed, *, by: Actor) -> None:
    """Whoever wrote it hears that it was refused, or that nobody knows (TIM-3)."""
    sending = Sending.objects.select_related("user", "mail").filter(mail=event.mail_id).first()
    if sending is None or sending.user.is_system:
        return
    with override(sending.user.language or organisation().language):
        words = {"to": sending.to, "error": sending.mail.error}
        text = _("Your e-mail to %(to)s was not sent: %(error)s") % words
    notify(
        [sending.user_id],
        kind=Notification.Kind.MAIL,
        text=text,
        address=reverse("marketing:sent"),
        cause=f"mail:{event.mail_id}",
        by=by,
    )
