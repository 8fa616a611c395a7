"""What happens to mail that comes in by itself."""

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.jobs.queue import OUTSIDE, later_once
from leadline.intake.actions import forget_old_letters
from leadline.intake.models import IntakeAddress
from leadline.intake.polling import poll
from leadline.people.models import User


@app.periodic(cron="* * * * *")
@app.task(name="intake.look", queueing_lock="intake.look")
def look_each_minute(timestamp: int) -> None:
    """Each minute: each mailbox is looked into, by work of its own, so that none waits for another."""
    for pk in IntakeAddress.objects.polled().values_list("pk", flat=True):
        look_soon(pk)


@app.task(name="intake.poll", queue=OUTSIDE)
def look_into(address_id: int) -> None:
    """Look into one mailbox; where much waits, go on after others."""
    if poll(address_id):
        look_soon(address_id)


def look_soon(address_id: int) -> None:
    """Look into a mailbox, unless that waits already."""
    later_once("intake.poll", once=f"intake.poll:{address_id}", address_id=address_id)


@app.periodic(cron="40 3 * * *")
@app.task(name="intake.forget_old", queueing_lock="intake.forget_old")
def forget_each_night(timestamp: int) -> None:
    """Each night: who wrote what was left aside, and what it said, is forgotten after a while."""
    forget_old_letters(by=Actor(User.objects.house(), via="job", trace="intake"))
