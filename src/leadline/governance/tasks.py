"""By the clock: what is settled is chained within a minute; persons are erased when they may be."""

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext
from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.jobs import Running, job, later
from leadline.core.jobs.queue import LONG_WORK
from leadline.core.organisation import organisation
from leadline.core.privacy import seen_person
from leadline.core.refusals import RuleBroken
from leadline.core.secrets.rotating import close_anew, encrypted_columns
from leadline.governance.actions import carry_out, erase_when_free, retain, reveal_sensitive, sweep_erasure
from leadline.governance.models import Erasure, RetentionRule
from leadline.governance.policies import may_see_sensitive
from leadline.governance.reporting import Report, gathered, packed
from leadline.governance.retention import due_ids
from leadline.governance.sealing import seal_all
from leadline.people.models import User

PORTION = 500


@app.periodic(cron="* * * * *")
@app.task(name="governance.seal", queueing_lock="governance.seal", lock="governance.seal")
def seal(timestamp: int) -> None:
    """Every minute: seal what nobody can add to any more (PPL-7)."""
    seal_all(by=Actor(User.objects.house(), via="job", trace="governance.seal"))


@app.task(name="governance.sweep", queue=LONG_WORK)
def sweep(erasure_id: int) -> None:
    """Remove what names an erased person in files and texts; where a job still writes, again in a minute."""
    by = Actor(User.objects.house(), via="job", trace=f"erasure:{erasure_id}")
    erasure = Erasure.objects.get(pk=erasure_id)
    if not sweep_erasure(erasure, by=by):
        later("governance.sweep", at=now() + timedelta(minutes=1), erasure_id=erasure_id)


@app.periodic(cron="20 3 * * *")
@app.task(name="governance.erase_waiting", queueing_lock="governance.erase_waiting")
def erase_waiting(timestamp: int) -> None:
    """Every night: erase whose legal hold has ended (PPL-8)."""
    by = Actor(User.objects.house(), via="job", trace="governance.erase_waiting")
    for erasure in Erasure.objects.filter(state=Erasure.State.WAITING, confirmed_by__isnull=False):
        erase_when_free(erasure, by=by)


@job("governance.report")
def report(running: Running) -> None:
    """Gather what is held about a person who is still seen by whoever asked (PPL-8)."""
    kind, key = running.params["kind"], running.params["id"]
    asker = running.by.user
    with running.portion() as portion, translation.override(asker.language or organisation().language):
        person = seen_person(asker, kind, key)
        if person is None:
            raise RuleBroken(gettext("There is no such person any more."))
        found = gathered(person)
        if may_see_sensitive(asker):
            _open_sensitive(found, running.by)
        name = f"{kind}-{key}.zip"
        portion.append(name, packed(found))
        portion.count(found=sum(found.counts.values()))
    running.result(name)


@job("governance.retain")
def carry_out_rule(running: Running) -> None:
    """What a rule of retention finds, in portions (PPL-8)."""
    rule = RetentionRule.objects.filter(pk=running.params["rule"]).first()
    after = running.cursor or 0
    while rule and (ids := due_ids(rule, after=after, limit=PORTION)):
        after = ids[-1]
        with running.portion(done=len(ids), cursor=after) as portion:
            portion.count(done=retain(rule, ids, by=running.by))


@app.periodic(cron="50 2 * * *")
@app.task(name="governance.retain_all", queueing_lock="governance.retain_all")
def retain_all(timestamp: int) -> None:
    """Every night: each rule of retention that is on."""
    by = Actor(User.objects.house(), via="job", trace="governance.retain_all")
    for rule in RetentionRule.objects.filter(is_active=True).order_by("pk"):
        carry_out(rule, by=by)


def _open_sensitive(found: Report, by: Actor) -> None:
    """For who may see them, sensitive fields stand in the report in the clear; that is told like reading."""
    _label, rows = found.sections["governance.sensitive"]
    for kind, key in sorted({(row["kind"], row["id"]) for row in rows}):
        opened = reveal_sensitive(kind, key, by=by)
        for row in rows:
            if (row["kind"], row["id"]) == (kind, key):
                row["value"] = opened[row["name"]]


@job("governance.close_anew")
def close_everything_anew(running: Running) -> None:
    """Close what older keys closed by the newest, column after column (PPL-8)."""
    columns = encrypted_columns()
    at, after = running.cursor or (0, 0)
    while at < len(columns):
        with running.portion() as portion:
            done = close_anew(columns[at], after=after, limit=PORTION)
            at, after = (at, done[0]) if done else (at + 1, 0)
            portion.cursor = [at, after]
            if done:
                portion.done = done[1]
                portion.count(closed=done[1])
