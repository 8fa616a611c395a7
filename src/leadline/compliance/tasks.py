"""What expires, day by day."""

from procrastinate.contrib.django import app

from leadline.compliance.actions import expire_checks
from leadline.core.actions import Actor
from leadline.people.models import User


@app.periodic(cron="13 * * * *")
@app.task(name="compliance.expire", queueing_lock="compliance.expire")
def expire(timestamp: int) -> None:
    """Every hour, as the day ends in the organisation's zone: what was approved until today holds no more."""
    expire_checks(by=Actor(User.objects.house(), via="job", trace="compliance.expire"))
