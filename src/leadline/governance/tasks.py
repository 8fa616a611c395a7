"""Sealing by the clock: what is settled is chained within a minute."""

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.governance.sealing import seal_all
from leadline.people.models import User


@app.periodic(cron="* * * * *")
@app.task(name="governance.seal", queueing_lock="governance.seal")
def seal(timestamp: int) -> None:
    """Every minute: seal what nobody can add to any more (PPL-7)."""
    seal_all(by=Actor(User.objects.house(), via="job", trace="governance.seal"))
