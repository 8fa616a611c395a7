"""What happens to segments by itself (CUS-17)."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.jobs.queue import LONG_WORK
from leadline.people.models import User
from leadline.segments.following import catch_up, look_at_due


@app.periodic(cron="* * * * * */20")
@app.task(name="segments.follow", queueing_lock="segments.follow")
def follow_changes(timestamp: int) -> None:
    """Every twenty seconds: what changed is looked at again; new segments and rules are filled."""
    catch_up(by=_house())


@app.task(name="segments.evaluate_due", queue=LONG_WORK, retry=RetryStrategy(max_attempts=3, wait=10))
def look_now() -> None:
    """At once, when a segment was made, got another rule, or somebody asked."""
    look_at_due(by=_house())


@app.periodic(cron="4 * * * *")
@app.task(name="segments.look_at_moving", queueing_lock="segments.look_at_moving")
def look_at_moving(timestamp: int) -> None:
    """Every hour, and so soon after midnight of every zone: rules that move with time."""
    look_at_due(moving=True, by=_house())


@app.periodic(cron="35 3 * * *")
@app.task(name="segments.look_at_all", queueing_lock="segments.look_at_all")
def look_at_all(timestamp: int) -> None:
    """Every night: all segments as a whole, whatever may have escaped."""
    look_at_due(every=True, by=_house())


def _house() -> Actor:
    return Actor(User.objects.house(), via="job", trace="segments")
