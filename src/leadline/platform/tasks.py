"""Background work of the platform."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.clock import now
from leadline.core.formats import file_size, number
from leadline.core.jobs import Job, Running, job, start_job
from leadline.core.refusals import RuleBroken
from leadline.people.models import User
from leadline.platform.actions import (
    forget_seen_events,
    let_go_who_left,
    link_platform_users,
    measure_all,
    tally_use,
)
from leadline.platform.actions.archiving import ARCHIVE, BRING_BACK, remove_replaced
from leadline.platform.actions.forgetting import PORTION
from leadline.platform.archiving.files import remove_strays
from leadline.platform.archiving.months import into_file, out_of_file
from leadline.platform.models import ArchivedMonth, PlatformUser
from leadline.platform.queries.archives import months_due, tally_exists
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


@app.periodic(cron="*/5 * * * *")
@app.task(name="platform.remove_replaced", queueing_lock="platform.remove_replaced")
def remove_replaced_files(timestamp: int) -> None:
    """Every five minutes: files of archived months that had to wait for a backup to end."""
    remove_replaced(by=_house("platform.remove_replaced"))


@app.periodic(cron="27 3 * * *")
@app.task(name="platform.archive_old", queueing_lock="platform.archive_old")
def archive_old(timestamp: int) -> None:
    """Every night: months older than those that are to stay go into files, as a job."""
    remove_strays()
    due = [f"{month:%Y-%m}" for month in months_due()]
    at_work = Job.objects.unfinished().filter(kind__in=(ARCHIVE, BRING_BACK)).exists()
    if due and not at_work:
        by = _house("platform.archive_old")
        start_job(ARCHIVE, title=_("Archive old events"), params={"months": due}, by=by)


@job(ARCHIVE)
def archive_months(running: Running) -> None:
    """Month after month into its file; one that is there already counts as done (PLT-2).

    The file is written before the transaction that takes the month out of the database: a worker that dies
    in between leaves both, and the next begins this month anew.
    """
    months: list[str] = running.params["months"]
    running.expect(len(months))
    for place in range(running.cursor or 0, len(months)):
        try:
            archive = _archived(months[place], running)
            line, counts = _line(archive), {"archived": archive.rows}
        except RuleBroken as failure:  # the other months go all the same
            line, counts = f"{months[place]}: {failure.message}\n", {"refused": 1}
        with running.portion(done=1, counts=counts, cursor=place + 1) as portion:
            portion.append("log.txt", line.encode())
    running.result("log.txt")


@job(BRING_BACK)
def bring_back(running: Running) -> None:
    """One month out of its file into the database; it stays for thirty days."""
    running.expect(1)
    archive = out_of_file(ArchivedMonth.objects.get(pk=running.params["archive"]), by=running.by)
    with running.portion(done=1, counts={"rows": archive.rows}) as portion:
        portion.append("log.txt", _line(archive).encode())
    running.result("log.txt")


def _archived(shown: str, running: Running) -> ArchivedMonth:
    """The archive of a month; of one that a worker finished who then died, the one that it made."""
    month = date.fromisoformat(f"{shown}-01")
    known = ArchivedMonth.objects.away().filter(month=month).first()
    if known and not tally_exists(month):
        return known
    return into_file(month, by=running.by)


def _line(archive: ArchivedMonth) -> str:
    facts = f"{number(archive.rows)} events, {file_size(archive.size)}"
    return f"{archive}: {facts}, SHA-256 {archive.sha256}, {archive.file}\n"
