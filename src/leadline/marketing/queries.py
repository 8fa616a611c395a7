"""What is asked about templates: those to choose from, and a letter with its places filled."""

from typing import Any

from leadline.core.organisation import organisation
from leadline.marketing.layout import Composed
from leadline.marketing.models import MailTemplate, MailText
from leadline.marketing.recipients import Recipient, values_of_sender
from leadline.marketing.wording import filled

# What a template's page shows in the places.
SAMPLE = {
    "name": "Sari Wijaya",
    "first_name": "Sari",
    "company": "Kopi Nusantara",
    "city": "Jakarta",
    "owner": "Rosa Ibarra",
    "sender": "Rosa Ibarra",
    "sender_email": "rosa@example.com",
}


def templates_to_choose(user: Any) -> list[MailTemplate]:
    """Those in use, by name, with their texts: two queries."""
    rows = MailTemplate.objects.visible_to(user).current().prefetch_related("texts")
    return sorted(rows, key=lambda template: template.name.casefold())


def text_for(template: MailTemplate, language: str) -> MailText:
    """The text in a language; else in the one it is a form of, the organisation's, English, or any."""
    texts = {text.language: text for text in template.texts.all()}
    wanted = (language, language.split("-")[0], organisation().language, "en")
    return next((texts[each] for each in wanted if each in texts), next(iter(texts.values())))


def composed_for(text: MailText, recipient: Recipient, user: Any) -> Composed:
    """The letter as it would go to somebody; what is not known stays open, for the sender to write."""
    return _filled(text, {**recipient.values, **values_of_sender(user)})


def sample_of(text: MailText) -> Composed:
    """The letter as it would go to somebody made up."""
    return _filled(text, {**SAMPLE, "organisation": organisation().name})


def _filled(text: MailText, values: dict[str, str]) -> Composed:
    subject = filled(text.subject, values, in_markdown=False)
    return Composed(subject, filled(text.body, values, in_markdown=True), text.language)
