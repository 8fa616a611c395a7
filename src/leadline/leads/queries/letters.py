"""Which e-mail is sent by itself, and what stands against sending it to a lead (LEA-3, LEA-5, PPL-8)."""

from django.utils.translation import gettext as _

from leadline.core.mail import can_send
from leadline.leads.models import Letters
from leadline.marketing.models import MailTemplate
from leadline.marketing.recipients import Recipient

PROVIDED = {"welcome": "welcome", "reach_you": "reach-you"}


def letters() -> dict[str, MailTemplate | None]:
    """Each letter with its template; the provided ones where nobody chose, None where it is switched off."""
    row = Letters.objects.select_related(*PROVIDED).order_by("pk").first()
    if row is not None:
        return {letter: getattr(row, letter) for letter in PROVIDED}
    provided = {each.key: each for each in MailTemplate.objects.filter(key__in=PROVIDED.values())}
    return {letter: provided.get(key) for letter, key in PROVIDED.items()}


def why_not_sent(recipient: Recipient, template: MailTemplate | None) -> str:
    """Why an e-mail does not go out by itself, in words; empty where it does."""
    if template is None:
        return _("This e-mail is switched off.")
    if template.is_archived:
        return _("Its template is archived.")
    if not recipient.email:
        return _("No e-mail address is known.")
    return recipient.may.why_not or ("" if can_send() else _("Outgoing mail is not set up."))
