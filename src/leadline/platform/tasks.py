"""Background work of the platform."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.people.models import User
from leadline.platform.actions import (
    forget_seen_events,
    let_go_who_left,
    link_platform_users,
    measure_all,
    tally_use,
)
from leadline.platform.actions.forgetting import PORTION
from leadline.platform.models import PlatformUser
from leadline.platform.usage import catch_up

JUST_NOW = timedelta(hours=1)
AT_ONCE = 5_000


def _house(trace: str) -> Actor:
    return Actor(User.objects.house(), via="job", trace=trace)


@app.periodic(cron="* * * * *")
@app.task(name="platform.let_go", queueing_lock="platform.let_go")
def let_go(timestamp: int) -> None:
    """Every minute: whoever fell silent is no longer online."""
    let_go_who_left(by=_house("platform.let_go"))


@app.periodic(cron="* * * * * */20")
@app.task(name="platform.fold_usage", queueing_lock="platform.fold_usage")
def follow_usage(timestamp: int) -> None:
    """Every twenty seconds: usage follows the events."""
    catch_up(by=_house("platform.usage"))


@app.periodic(cron="*/5 * * * *")
@app.task(name="platform.tally_use", queueing_lock="platform.tally_use")
def tally(timestamp: int) -> None:
    """Every five minutes: how many customers use what."""
    tally_use(by=_house("platform.usage"))


@app.periodic(cron="12 3 * * *")
@app.task(name="platform.measure_all", queueing_lock="platform.measure_all")
def measure_everybody(timestamp: int) -> None:
    """Every night: what all customers use, whatever may have escaped."""
    measure_all(by=_house("platform.usage"))


@app.periodic(cron="*/10 * * * *")
@app.task(name="platform.link_waiting", queueing_lock="platform.link_waiting")
def link_waiting(timestamp: int) -> None:
    """Every ten minutes: who came at the same moment as their customer, in two transactions, is linked."""
    waiting = PlatformUser.objects.filter(customer=None, updated_at__gt=now() - JUST_NOW, erased_at=None)
    link_platform_users(list(waiting.values_list("pk", flat=True)), by=_house("platform.link_waiting"))


@app.periodic(cron="47 2 * * *")
@app.task(name="platform.link_all_waiting", queueing_lock="platform.link_all_waiting")
def link_all_waiting(timestamp: int) -> None:
    """Every night: all who wait, by the order of ids; files of contacts tell nobody of what they change."""
    waiting = PlatformUser.objects.filter(customer=None, erased_at=None).order_by("pk")
    after = 0
    while ids := list(waiting.filter(pk__gt=after).values_list("pk", flat=True)[:AT_ONCE]):
        link_platform_users(ids, by=_house("platform.link_all_waiting"))
        after = ids[-1]


@app.periodic(cron="17 2 * * *")
@app.task(name="platform.forget_seen", queueing_lock="platform.forget_seen")
def forget_seen(timestamp: int) -> None:
    """Every night: ids of events that came long ago."""
    while forget_seen_events(by=_house("platform.forget_seen")) == PORTION:
        pass
