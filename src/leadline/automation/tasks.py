"""What rules do in the background: changes followed, times kept, faults tried again, messages sent."""

import logging
from datetime import datetime, timedelta

from procrastinate.contrib.django import app

from leadline.automation.actions import (
    follow_changes,
    forget_old_runs,
    run_timed_portion,
    start_timed_rules,
    tell_trouble,
    try_again,
)
from leadline.automation.actions.timed import KIND
from leadline.automation.models import Rule
from leadline.automation.steps.webhooks import signed
from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.jobs import Running, job
from leadline.core.jobs.queue import OUTSIDE, later
from leadline.core.outgoing import Unreachable, send
from leadline.core.refusals import RuleBroken
from leadline.core.settling import settled_up_to
from leadline.people.models import User

log = logging.getLogger(__name__)
WAITS = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200))


@app.periodic(cron="* * * * * */5")
@app.task(name="automation.follow", queueing_lock="automation.follow")
def follow(timestamp: int = 0) -> None:
    """Every five seconds: changes that rules wait for, as far as the history is settled."""
    if not Rule.objects.in_force().filter(start__has_key="change").exists():
        return
    settled = settled_up_to("core_history", patience=2.0)
    while settled is not None and follow_changes(settled=settled, by=_house()):
        pass


@app.periodic(cron="* * * * *")
@app.task(name="automation.by_the_clock", queueing_lock="automation.by_the_clock")
def by_the_clock(timestamp: int = 0) -> None:
    """Every minute: rules whose time has come."""
    start_timed_rules(by=_house())


@app.periodic(cron="25 2 * * *")
@app.task(name="automation.forget", queueing_lock="automation.forget")
def forget(timestamp: int = 0) -> None:
    """Every night: runs that are too old to be kept."""
    while forget_old_runs(by=_house()):
        pass


@app.task(name="automation.try_again")
def again(run_id: int) -> None:
    """A run that a fault stopped."""
    try_again(run_id, by=_house())


@job(KIND)
def run_timed(running: Running) -> None:
    """A rule over all records that it means at a time, in portions; what it did is one change set."""
    rule = Rule.objects.filter(pk=running.params["rule"]).first()
    due, after = datetime.fromisoformat(running.params["due"]), running.cursor or 0
    while rule is not None and after is not None:
        with running.portion() as portion:
            came, after = run_timed_portion(rule, due, after=after, by=running.by)
            portion.done, portion.cursor = came.looked, after
            portion.count(fitted=came.fitted, runs=len(came.runs))


@app.task(name="automation.call", queue=OUTSIDE)
def call(rule_id: int, address: str, message_id: str, body: str, attempt: int = 0) -> None:
    """Send one message of a rule; where nobody takes it, again after a while, and at last it is told."""
    given = body.encode()
    try:
        answered = send("POST", address, body=given, headers=signed(rule_id, message_id, given))
        problem = "" if answered.is_good else f"HTTP {answered.status}"
    except (Unreachable, RuleBroken) as failure:
        problem = str(failure)
    if not problem:
        return
    if attempt < len(WAITS):
        told = {"rule_id": rule_id, "address": address, "message_id": message_id, "body": body}
        later("automation.call", at=now() + WAITS[attempt], attempt=attempt + 1, **told)
        return
    log.warning("a message of a rule was not taken", extra={"rule": rule_id, "problem": problem})
    rule = Rule.objects.filter(pk=rule_id).first()
    if rule is not None:
        tell_trouble(rule, words=f"{address}: {problem}"[:300], by=_house())


def _house() -> Actor:
    return Actor(User.objects.house(), via="job", trace="automation")
