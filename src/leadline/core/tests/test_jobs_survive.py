"""A job survives the death of its worker and of the database (ALL-8)."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from leadline.core.events import EventWaiting, publish
from leadline.core.jobs import Job, result_path, start_job
from leadline.core.jobs.execution import LOCKS
from leadline.core.jobs.registry import _runs
from leadline.core.tests.bells import BellRang
from leadline.core.tests.killing import HALF_WAY, LAST, count_boats


@pytest.fixture
def counting(transactional_db, database_url, by_rosa, monkeypatch, settings, tmp_path):
    """Starts jobs that write the numbers from 1 on, and workers that do them."""
    settings.LEADLINE_DATA = tmp_path
    monkeypatch.setitem(_runs, "boats.count", count_boats)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE told (number integer NOT NULL)")
    return lambda: start_job("boats.count", title="Count the boats", by=by_rosa)


@contextmanager
def worker(database_url, tmp_path, *how):
    """A worker process, killed at the end whatever happened."""
    source = str(Path(__file__).parents[3])
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "LEADLINE_DATA": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([source, os.environ.get("PYTHONPATH", "")]),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "leadline.config.settings"),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "leadline.core.tests.killing", *how],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def told() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM told ORDER BY 1")
        return [number for (number,) in cursor.fetchall()]


def wait_until_the_server_noticed(job: Job) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKS, job.pk])
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, job.pk])


def test_every_portion_happens_once_though_the_worker_is_killed_in_the_middle(
    counting, database_url, tmp_path
):
    job = counting()
    with worker(database_url, tmp_path, "hang") as first:
        assert first.stdout.readline() == "half way\n"
        first.kill()
        first.wait()
    wait_until_the_server_noticed(job)
    assert told() == list(range(1, HALF_WAY))

    with worker(database_url, tmp_path, "once") as second:
        assert second.stdout.readline() == "done\n"
        assert second.wait(timeout=60) == 0

    assert told() == list(range(1, LAST + 1))
    job.refresh_from_db()
    assert (job.state, job.done, job.counts) == ("done", LAST, {"told": LAST})
    assert result_path(job).read_text().split() == [str(number) for number in range(1, LAST + 1)]


def test_a_worker_works_on_after_the_database_threw_it_out(counting, database_url, tmp_path):
    counting()
    with worker(database_url, tmp_path) as working:
        assert working.stdout.readline() == "done\n"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        counting()
        assert working.stdout.readline() == "done\n"
        working.terminate()
        assert working.wait(timeout=60) == 0


def test_a_worker_tells_what_waits_for_listeners(transactional_db, by_rosa, database_url, tmp_path):
    publish(BellRang(1), by=by_rosa, about=[])
    with worker(database_url, tmp_path) as working:
        assert working.stdout.readline() == "rang 1\n"
        publish(BellRang(2), by=by_rosa, about=[])
        assert working.stdout.readline() == "rang 2\n"
        working.terminate()
        assert working.wait(timeout=60) == 0
    assert not EventWaiting.objects.exists()
