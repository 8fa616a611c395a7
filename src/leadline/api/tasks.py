"""Background work of the API: deliveries to webhooks, and forgetting what is old."""

from procrastinate.contrib.django import app

from leadline.api.actions import remove_old_deliveries
from leadline.api.idempotency import forget_old_keys
from leadline.api.webhooks.sending import deliver
from leadline.core.actions import Actor
from leadline.core.jobs.queue import OUTSIDE
from leadline.people.models import User


@app.task(name="api.deliver", queue=OUTSIDE)
def deliver_event(delivery_id: int, attempt: int) -> None:
    """One attempt to tell a webhook of an event."""
    deliver(delivery_id, attempt, by=Actor(User.objects.house(), via="job", trace=f"delivery:{delivery_id}"))


@app.periodic(cron="41 * * * *")
@app.task(name="api.forget_old_keys", queueing_lock="api.forget_old_keys")
def forget_keys(timestamp: int) -> None:
    """Every hour: idempotency keys older than a day."""
    forget_old_keys()


@app.periodic(cron="27 3 * * *")
@app.task(name="api.remove_old_deliveries", queueing_lock="api.remove_old_deliveries")
def forget_deliveries(timestamp: int) -> None:
    """Every night: deliveries of more than thirty days ago."""
    remove_old_deliveries(by=Actor(User.objects.house(), via="job"))
