"""E-mails that leads get by themselves: the welcome, and the question how to reach them (LEA-3, LEA-5)."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leadline.core.actions import Actor, action, require
from leadline.core.organisation import organisation
from leadline.core.refusals import RuleBroken
from leadline.leads.models import Lead, Letters
from leadline.leads.queries.letters import PROVIDED, letters, why_not_sent
from leadline.leads.recipients import lead_as_recipient
from leadline.marketing.actions import send_mail
from leadline.marketing.models import MailTemplate, Sending
from leadline.marketing.queries import composed_for, text_for
from leadline.marketing.wording import places_to_fill
from leadline.people.policies import ASK_AN_ADMINISTRATOR, may_manage_settings

log = logging.getLogger(__name__)
ALWAYS_KNOWN = {"name", "first_name", "organisation"}


@dataclass(frozen=True)
class Letter:
    """What went out by itself, or in words why nothing did."""

    sending: Sending | None
    why_not: str = ""


@action
def welcome_leads(ids: Iterable[int], *, by: Actor) -> list[Sending]:
    """Send the welcome e-mail, in each lead's language, once for ever (LEA-3); the house does so.

    Who must not be written to gets none, without a word.
    """
    template = letters()["welcome"]
    if template is None:
        return []
    leads = Lead.objects.current().filter(pk__in=list(ids)).select_related("stage", "owner").order_by("pk")
    sent = [send_letter_to(lead, template, cause=f"welcome:lead:{lead.pk}", by=by).sending for lead in leads]
    return [each for each in sent if each is not None]


@action
def send_letter_to(lead: Lead, template: MailTemplate | None, *, cause: str, by: Actor) -> Letter:
    """Send a lead a template's words in its language; what stands against it is told, not raised."""
    recipient = lead_as_recipient(lead)
    why_not = why_not_sent(recipient, template)
    if why_not or template is None:
        return Letter(None, why_not)
    composed = composed_for(text_for(template, lead.language or organisation().language), recipient, by.user)
    try:
        sending = send_mail(
            recipient,
            subject=composed.subject,
            body=composed.body,
            cause=cause,
            template=template,
            language=composed.language,
            by=by,
        )
    except RuleBroken as refused:
        log.warning("a letter was not sent by itself", extra={"lead": lead.pk, "template": template.pk})
        return Letter(None, refused.message)
    return Letter(sending)


@action
def set_letters(*, welcome: MailTemplate | None, reach_you: MailTemplate | None, by: Actor) -> Letters:
    """Choose what is sent by itself, or None to switch it off (LEA-3, LEA-5).

    Raises `RuleBroken` for a template that is archived, or has a place that may have nothing to stand there.
    """
    require(may_manage_settings(by.user), who_can_help=ASK_AN_ADMINISTRATOR)
    chosen = {"welcome": welcome, "reach_you": reach_you}
    for letter, template in chosen.items():
        _require_fit(letter, template)
    row, _made = Letters.objects.select_for_update(of=("self",), no_key=True).get_or_create(pk=1)
    for letter in PROVIDED:
        setattr(row, letter, chosen[letter])
    row.save()
    return row


def _require_fit(letter: str, template: MailTemplate | None) -> None:
    if template is None:
        return
    if template.is_archived:
        raise RuleBroken(_("This template is archived; restore it first."), field=letter, value=template.name)
    known = ALWAYS_KNOWN | ({"sender", "sender_email"} if letter == "reach_you" else set())
    texts = [text for each in template.texts.all() for text in (each.subject, each.body)]
    for place in (place for text in texts for place in places_to_fill(text)):
        if place not in known:
            message = _("{{ %(place)s }} may be unknown: give it words for that, as {{ %(place)s | you }}.")
            raise RuleBroken(message % {"place": place}, field=letter, value=template.name)
