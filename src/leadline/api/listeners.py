"""What follows from what happened: webhooks are told, and a webhook's keeper when it fell silent."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leadline.api.actions import queue_deliveries
from leadline.api.events import WebhookGivenUp
from leadline.api.models import Webhook
from leadline.core.actions import Actor
from leadline.core.events import Event, on
from leadline.core.organisation import organisation
from leadline.core.planned import planned
from leadline.timeline.actions import notify
from leadline.timeline.models import Notification

_SOME_WANT = """
SELECT EXISTS (
    SELECT FROM api_webhook
     WHERE removed_at IS NULL AND paused_at IS NULL AND (events = '{}' OR events @> ARRAY[%s::varchar])
)"""


def some_webhook_wants(event: str) -> bool:
    """Whether any webhook is told of events of this name; asked each time something is published.

    The same as `Webhook.objects.wanting`, planned once; a test holds it.
    """
    with planned() as cursor:
        cursor.execute(_SOME_WANT, [event])
        return bool(cursor.fetchone()[0])


@on(Event, wanted=some_webhook_wants)
def send_to_webhooks(event: Event, *, by: Actor) -> None:
    """Queue the event for each webhook that wants it."""
    assert event.key is not None  # it was published
    queue_deliveries(*event.key, event.name(), by=by)


@on(WebhookGivenUp)
def tell_its_keeper(event: WebhookGivenUp, *, by: Actor) -> None:
    """Tell whoever set it up that nothing is sent any more."""
    webhook = Webhook.objects.select_related("user").get(pk=event.webhook_id)
    with translation.override(webhook.user.language or organisation().language):
        notify(
            [webhook.user_id],
            kind=Notification.Kind.JOB,
            text=_("The webhook %(name)s was paused: nobody answered for two days.") % {"name": webhook},
            address=reverse("webhooks:page", args=[webhook.pk]),
            cause=by.trace,
            by=by,
        )
