"""Periodic work of the API."""

from procrastinate.contrib.django import app

from leadline.api.idempotency import forget_old_keys


@app.periodic(cron="41 * * * *")
@app.task(name="api.forget_old_keys", queueing_lock="api.forget_old_keys")
def forget_keys(timestamp: int) -> None:
    """Every hour: idempotency keys older than a day."""
    forget_old_keys()
