"""A hand-over that is killed goes on where it stopped: each record once, on one sheet (ALL-8)."""

import os
import subprocess
import sys
import time

import pytest

from leadline.core.jobs import Job, run_waiting_jobs
from leadline.core.jobs.upkeep import take_up_abandoned
from leadline.customers.models import Customer
from leadline.handovers import actions
from leadline.handovers.models import SheetLine
from leadline.handovers.planning import Draft
from leadline.imports.tests.test_killed import until_the_dead_have_let_go

COUNT = 60
RUN = """
import django
django.setup()
from leadline.core.jobs.execution import execute
from leadline.handovers import tasks
tasks.PORTION = 5
execute({job})
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_hand_over_goes_on_where_it_stopped(cast, make, by, settings, database_url):
    cast.otto.team = cast.north
    cast.otto.save()
    for _ in range(COUNT):
        make.customer(cast.rosa)
    draft = Draft("change", "even", person=cast.rosa, team=cast.north, overflow=cast.ada)
    job = actions.start_handover(draft, by=by(cast.ada)).job

    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "LEADLINE_DATA": str(settings.LEADLINE_DATA),
        "DJANGO_SETTINGS_MODULE": "leadline.config.settings",
    }
    worker = subprocess.Popen([sys.executable, "-c", RUN.format(job=job.pk)], env=environment)
    while not Job.objects.get(pk=job.pk).done and worker.poll() is None:
        time.sleep(0.005)
    worker.kill()
    worker.wait()
    assert 0 < Job.objects.get(pk=job.pk).done < COUNT, "killed in the middle"

    until_the_dead_have_let_go(job)
    take_up_abandoned()
    run_waiting_jobs()

    job.refresh_from_db()
    assert (job.state, job.counts["changed"]) == ("done", COUNT)
    assert Customer.objects.filter(owner=cast.mira).count() == COUNT // 2
    assert Customer.objects.filter(owner=cast.otto).count() == COUNT // 2
    assert SheetLine.objects.values("record_id").distinct().count() == SheetLine.objects.count() == COUNT
