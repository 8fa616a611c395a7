"""What can be told of webhooks, in the past tense."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class WebhookChanged(Event):
    """A webhook was added, changed, paused, resumed, removed, or got a new secret."""

    webhook_id: int
    what: str

    wording = _("changed a webhook (%(what)s)")


@dataclass(frozen=True)
class WebhookGivenUp(Event):
    """A webhook was paused, since the other side did not take an event for days."""

    webhook_id: int
    delivery_id: int

    wording = _("paused a webhook that did not answer")
