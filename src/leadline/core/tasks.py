"""Background work of the core: jobs, listeners, partitions, and keeping the queue whole."""

from django.contrib.auth import get_user_model
from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.changesets import ending, undoing
from leadline.core.custom.working import index_field, merge_choice
from leadline.core.events import telling
from leadline.core.jobs.execution import execute
from leadline.core.jobs.queue import LONG_WORK
from leadline.core.jobs.upkeep import remove_old_jobs, take_up_abandoned
from leadline.core.lists.bulk.running import run_bulk
from leadline.core.lists.export.running import run_export
from leadline.core.mail.actions import close_lost_mail
from leadline.core.mail.sending import send
from leadline.core.metrics.rollups import keeping as rollups
from leadline.core.metrics.rollups import moving
from leadline.core.partitions import ensure_partitions
from leadline.core.search import tidy

REGISTERED = (
    telling.tell,
    undoing.undo,
    ending.end_change_set,
    run_bulk,
    run_export,
    index_field,
    merge_choice,
)  # by being imported here
_when_the_database_was_away = RetryStrategy(
    max_attempts=10, wait=5, retry_exceptions={OperationalError, InterfaceError}
)


@app.task(name="core.run_job", queue=LONG_WORK, retry=_when_the_database_was_away)
def run_job(job_id: int) -> None:
    """Do one job (ALL-8)."""
    execute(job_id)


@app.periodic(cron="* * * * *")
@app.task(name="core.take_up_abandoned", queueing_lock="core.take_up_abandoned")
def take_up_abandoned_work(timestamp: int) -> None:
    """Every minute: what dead workers had in hand goes on."""
    take_up_abandoned()


@app.periodic(cron="*/2 * * * *")
@app.task(name="core.tidy_search", queueing_lock="core.tidy_search")
def tidy_search(timestamp: int) -> None:
    """Every two minutes: new documents move into the index of trigrams, so that no save has to do it."""
    tidy()


@app.periodic(cron="* * * * *")
@app.task(name="core.move_figures", queueing_lock="core.move_figures")
def move_figures(timestamp: int) -> None:
    """Every minute: counts follow what changed hands."""
    moving.move()


@app.periodic(cron="*/10 * * * *")
@app.task(name="core.add_figures_together", queueing_lock="core.add_figures_together")
def add_figures_together(timestamp: int) -> None:
    """Every ten minutes: counts that were appended since become one for each day and person."""
    rollups.compact()


@app.periodic(cron="25 2 * * *")
@app.task(name="core.keep_figures", queueing_lock="core.keep_figures", queue=LONG_WORK)
def keep_figures(timestamp: int) -> None:
    """Each night: what is older than counts go back is forgotten, what is wrong counted anew."""
    rollups.keep()


@app.task(name="core.send_mail", retry=_when_the_database_was_away)
def send_mail(mail_id: int) -> None:
    """Send one letter."""
    send(mail_id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="core.close_lost_mail", queueing_lock="core.close_lost_mail")
def close_lost(timestamp: int) -> None:
    """Every ten minutes: letters whose worker died are closed."""
    close_lost_mail(by=Actor(get_user_model()._default_manager.house(), via="job"))


@app.periodic(cron="17 2 * * *")
@app.task(name="core.upkeep", queueing_lock="core.upkeep")
def keep_house(timestamp: int) -> None:
    """Every night: the partitions of the coming months, and old jobs removed."""
    ensure_partitions()
    remove_old_jobs()
