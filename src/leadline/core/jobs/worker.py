"""The worker: runs background work until it is asked to stop, whatever happens to the database meanwhile."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from asgiref.sync import sync_to_async
from django.db import Error, close_old_connections
from django.urls import get_resolver
from procrastinate import App, exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from leadline.core.jobs.queue import DEFAULT, LONG_WORK, OUTSIDE
from leadline.core.jobs.rounds import PAUSE as BETWEEN_ROUNDS
from leadline.core.jobs.rounds import make_round
from leadline.core.jobs.running import stopping
from leadline.core.jobs.upkeep import take_up_abandoned

log = logging.getLogger(__name__)
PAUSE = 2.0  # seconds before starting again, for the database to come back
_TROUBLE = (Error, psycopg.Error, OSError, exceptions.ConnectorException)


def run_worker(*, threads: int = 4, long_jobs: int = 2) -> None:
    """Work until SIGTERM or SIGINT; a running job ends after its portion and goes on at the next start.

    `threads` serve listeners and other short work, `long_jobs` are for jobs with progress, so that imports
    never keep the rest waiting. When the database goes away, the work starts again as soon as it is back.
    """
    stopping.clear()
    get_resolver().reverse_dict  # noqa: B018, reads all addresses now, not while the first event waits
    asyncio.run(_until_asked_to_stop(threads, long_jobs))


async def _until_asked_to_stop(threads: int, long_jobs: int) -> None:
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _ask, asked)
    while not asked.is_set():
        try:
            await _work(asked, threads, long_jobs)
        except _TROUBLE as trouble:
            log.warning("the worker lost the database and starts again", extra={"trouble": str(trouble)})
        if not asked.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asked.wait(), PAUSE)


def _ask(asked: asyncio.Event) -> None:
    stopping.set()
    asked.set()


async def _work(asked: asyncio.Event, threads: int, long_jobs: int) -> None:
    """One life of the worker: ends when asked to, or when the database went away."""
    await sync_to_async(_cleanly, thread_sensitive=False)(take_up_abandoned)
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    with app.replace_connector(connector) as working:
        async with working.open_async():
            await _first_of(
                _serve(working, [DEFAULT], threads),
                _serve(working, [LONG_WORK], long_jobs),
                _serve(working, [OUTSIDE], threads),
                _make_rounds(asked),
            )


async def _make_rounds(asked: asyncio.Event) -> None:
    """Rounds one after the other until asked to stop, in one thread, which keeps its connection."""
    thread = ThreadPoolExecutor(1, thread_name_prefix="rounds")
    try:
        while not asked.is_set():
            await asyncio.get_running_loop().run_in_executor(thread, _cleanly, make_round)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asked.wait(), BETWEEN_ROUNDS)
    finally:
        thread.shutdown(wait=False)


def _cleanly(work: Callable[[], object]) -> None:
    """Do something in a thread of its own, with a connection that is there."""
    close_old_connections()
    try:
        work()
    finally:
        close_old_connections()


async def _serve(working: App, queues: list[str], concurrency: int) -> None:
    await working.run_worker_async(
        queues=queues,
        name="+".join(queues),
        concurrency=concurrency,
        install_signal_handlers=False,
        delete_jobs="successful",
        fetch_job_polling_interval=5.0,
    )


async def _first_of(*work: Coroutine[Any, Any, Any]) -> None:
    """Wait until one ends, ask the others to end well, and raise what went wrong."""
    tasks = [asyncio.ensure_future(one) for one in work]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            raise outcome
