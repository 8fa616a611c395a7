"""Putting small background work in the queue, in the transaction of whoever asks for it.

Work is deferred through Django's own connection, in the worker too: there the queue library's connector is
another one, outside the transaction.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job as QueuedJob
from procrastinate.manager import JobManager

LONG_WORK = "jobs"
DEFAULT = "default"
OUTSIDE = "outside"  # waits for other people's servers: mail, webhooks


def later(task: str, *, at: datetime | None = None, **arguments: Any) -> None:
    """Run a task in the worker after this transaction; `at` gives the earliest moment."""
    later_many(task, [arguments], at=at)


def later_once(task: str, *, once: str, **arguments: Any) -> None:
    """Run a task in the worker, unless one waits under the same name already; outside of a transaction.

    Inside of one, whoever queues the same would wait until that transaction ends.
    """
    known = app.tasks[task]
    queued = QueuedJob(
        id=None,
        queue=known.queue,
        lock=None,
        queueing_lock=once,
        task_name=known.name,
        priority=known.priority,
        task_kwargs=arguments,
    )
    with suppress(AlreadyEnqueued):
        JobManager(DjangoConnector()).batch_defer_jobs([queued])


def later_many(task: str, all_arguments: Iterable[dict[str, Any]], *, at: datetime | None = None) -> None:
    """The same for many calls of one task, in one statement."""
    known = app.tasks[task]
    queued = [
        QueuedJob(
            id=None,
            queue=known.queue,
            lock=None,
            queueing_lock=None,
            task_name=known.name,
            priority=known.priority,
            task_kwargs=arguments,
            scheduled_at=at,
        )
        for arguments in all_arguments
    ]
    if queued:
        JobManager(DjangoConnector()).batch_defer_jobs(queued)
