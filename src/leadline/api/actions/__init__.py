"""The verbs of the API's own things: webhooks and what is sent to them."""

from leadline.api.actions.delivering import (
    begin_attempt,
    end_attempt,
    leave_out,
    queue_deliveries,
    remove_old_deliveries,
    replay_delivery,
    send_test,
)
from leadline.api.actions.erasing import empty_answers
from leadline.api.actions.webhooks import (
    add_webhook,
    change_webhook,
    pause_webhook,
    remove_webhook,
    renew_secret,
    resume_webhook,
)

__all__ = [
    "add_webhook",
    "begin_attempt",
    "change_webhook",
    "empty_answers",
    "end_attempt",
    "leave_out",
    "pause_webhook",
    "queue_deliveries",
    "remove_old_deliveries",
    "remove_webhook",
    "renew_secret",
    "replay_delivery",
    "resume_webhook",
    "send_test",
]
