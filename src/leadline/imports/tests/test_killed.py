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
from leadline.customers.models import Contact, ContactExternalId, Customer
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

    half = killed_in_the_middle(job, settings, database_url)
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


@pytest.mark.django_db(transaction=True)
def test_persons_and_their_organisations_come_just_once(settings, tmp_path, database_url):
    rows = 24_000
    lines = [
        f"P{n},{'bad' if n % 1000 == 0 else f'p{n}@killed.example'},Company {n // 40},{n}"
        for n in range(rows)
    ]
    by = Actor(User.objects.house(), via="cli")
    content = "\n".join(["name,email,customer,external_id", *lines]).encode()
    brought = actions.bring("contacts", keep([content], "people.csv"), source="Old", by=by)
    actions.choose_options(brought, make_customers=True, by=by)
    job = actions.start_import(brought, by=by)

    half = killed_in_the_middle(job, settings, database_url)
    assert 0 < half.done < rows, "killed in the middle"
    assert Contact.objects.count() == half.counts["created"]
    assert Customer.objects.count() == half.counts["customers_created"]

    until_the_dead_have_let_go(job)
    take_up_abandoned()
    run_waiting_jobs()

    job.refresh_from_db()
    assert (job.state, job.done) == ("done", rows)
    assert job.counts["created"] == Contact.objects.count() == rows - 24
    assert job.counts["customers_created"] == Customer.objects.count() == 600
    assert ContactExternalId.objects.count() == rows - 24


def killed_in_the_middle(job, settings, database_url):
    """Run a job in a process of its own, kill that after a portion; returns the job as it was left."""
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
    return Job.objects.get(pk=job.pk)


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
