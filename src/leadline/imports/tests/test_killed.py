"""An import whose process is killed goes on where it stopped: nothing lost, nothing twice (CUS-20)."""

import os
import subprocess
import sys
import time

import pytest
from django.db import connection

from leadline.core.actions import Actor
from leadline.core.jobs import Job, run_waiting_jobs
from leadline.core.jobs.upkeep import take_up_abandoned
from leadline.customers.models import Customer
from leadline.imports import actions
from leadline.imports.files import keep
from leadline.imports.rejected import rejected_rows
from leadline.people.models import User

ROWS = 30_000
RUN = """
import django
django.setup()
from leadline.core.jobs.execution import execute
execute({job})
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_goes_on_where_it_stopped(settings, tmp_path, database_url):
    lines = [f"Company {n},{'bad' if n % 1000 == 0 else f'c{n}@killed.example'}" for n in range(ROWS)]
    by = Actor(User.objects.house(), via="cli")
    brought = actions.bring(
        "customers", keep(["\n".join(["name,email", *lines]).encode()], "list.csv"), by=by
    )
    job = actions.start_import(brought, by=by)

    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "LEADLINE_DATA": str(settings.LEADLINE_DATA),
        "DJANGO_SETTINGS_MODULE": "leadline.config.settings",
    }
    worker = subprocess.Popen([sys.executable, "-c", RUN.format(job=job.pk)], env=environment)
    while not Job.objects.get(pk=job.pk).done and worker.poll() is None:
        time.sleep(0.02)
    worker.kill()
    worker.wait()
    half = Job.objects.get(pk=job.pk)
    assert 0 < half.done < ROWS, "killed in the middle"
    assert Customer.objects.count() == half.counts["created"]

    until_the_dead_have_let_go(job)
    take_up_abandoned()
    run_waiting_jobs()

    job.refresh_from_db()
    assert (job.state, job.done) == ("done", ROWS)
    assert job.counts["created"] == Customer.objects.count() == ROWS - 30
    assert Customer.objects.values("email").distinct().count() == ROWS - 30
    brought.refresh_from_db()
    assert [row.number for row in rejected_rows(brought)] == [2 + 1000 * n for n in range(30)]


def until_the_dead_have_let_go(job):
    """The server ends a killed process's connection, and with it its lock, a moment later."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [job.pk]
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.02)
