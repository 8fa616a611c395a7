"""Background work of signing in."""

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.people.models import User
from leadline.people.signing import actions


@app.task(name="people.note_failed_sign_in", queue="default")
def note_failed_sign_in(user_id: int | None, way: str, address: str, wait: int) -> None:
    """Tell of a wrong try; here, so that a known e-mail takes no longer than an unknown one."""
    house = Actor(User.objects.house(), via="job")
    actions.note_failed_sign_in(user_id=user_id, way=way, address=address, wait=wait, by=house)


@app.task(name="people.send_recovery", queue="default")
def send_recovery(email: str) -> None:
    """Send the link for a new password; here, so that a known e-mail takes no longer than an unknown one."""
    actions.send_recovery(email, by=Actor(User.objects.house(), via="job"))


@app.periodic(cron="43 2 * * *")
@app.task(name="people.tidy_sessions", queueing_lock="people.tidy_sessions")
def tidy_sessions(timestamp: int) -> None:
    """Every night: sessions that ended long ago are forgotten."""
    actions.remove_old_sessions(by=Actor(User.objects.house(), via="job"))
