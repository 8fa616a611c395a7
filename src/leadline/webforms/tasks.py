"""What happens to submissions by itself."""

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.people.models import User
from leadline.webforms.actions import forget_old


@app.periodic(cron="50 3 * * *")
@app.task(name="webforms.forget_old", queueing_lock="webforms.forget_old")
def forget_each_night(timestamp: int) -> None:
    """Each night: addresses of senders and old spam are forgotten."""
    forget_old(by=Actor(User.objects.house(), via="job", trace="web_forms"))
