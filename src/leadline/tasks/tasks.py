"""What happens to tasks by the minute."""

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.people.models import User
from leadline.tasks import actions, bulk, listing
from leadline.tasks.actions.reminding import MOST

__all__ = ["bulk", "listing", "remind"]  # the worker knows the list and its verbs by reading them


@app.periodic(cron="* * * * *")
@app.task(name="tasks.remind", queueing_lock="tasks.remind")
def remind(timestamp: int) -> None:
    """Every minute owners hear of what is due, in portions."""
    house = Actor(User.objects.house(), via="job", trace="job:tasks")
    while actions.tell_what_is_due(by=house) == MOST:
        pass
