"""Counting every night, and whenever somebody asks."""

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.conditions import Context
from leadline.core.jobs import Running, job
from leadline.people.models import User
from leadline.quality.actions import count_quality, thin_out


@app.periodic(cron="10 3 * * *")
@app.task(name="quality.count_every_night", queueing_lock="quality.count_every_night")
def count_every_night(timestamp: int) -> None:
    """Every night: all portfolios are counted, and old days thinned out to one a week."""
    by = Actor(User.objects.house(), via="rule", trace="rule:data quality")
    count_quality(by=by)
    thin_out(today=Context.of_organisation().today, by=by)


@job("quality.count")
def count(running: Running) -> None:
    """Count all portfolios; one portion."""
    running.expect(1)
    if running.cursor:
        return
    with running.portion(done=1, cursor=1) as portion:
        portion.count(portfolios=count_quality(by=running.by))
