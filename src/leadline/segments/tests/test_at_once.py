"""Two workers at once, changes meanwhile, a worker that is killed: nothing twice, nothing missed (CUS-17)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

from leadline.core.events.models import EventRecord
from leadline.customers.actions import edit_customer
from leadline.segments import actions
from leadline.segments.following import catch_up, follow
from leadline.segments.models import Place
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TECH = {"field": "industry", "op": "equals", "value": "Technology"}


def joined():
    return EventRecord.objects.filter(name="segments.MembersJoined").count()


def test_two_workers_at_once_tell_once(cast, make, by, segment_of, members):
    segment, house = segment_of(TECH), by(cast.house, via="job")
    for turn in range(4):
        customer = make.customer(industry="Technology")

        outcomes = at_once(lambda: catch_up(by=house), lambda: catch_up(by=house), lambda: catch_up(by=house))
        follow(by=house)

        assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
        assert customer.pk in members(segment)
        assert joined() == turn + 1


def test_what_commits_late_is_not_passed_over(cast, make, by, segment_of, members):
    """Whoever got a number first and commits last: the place waits for them."""
    segment, house = segment_of(TECH), by(cast.house, via="job")
    slow, quick = make.customer(industry="Energy"), make.customer(industry="Energy")
    follow(by=house)
    with transaction.atomic():
        edit_customer(slow, industry="Technology", by=by(cast.ada))
        # Another connection: a change that commits at once, and a worker that looks meanwhile.
        outcomes = at_once(lambda: edit_customer(quick, industry="Technology", by=by(cast.ada)))
        assert not isinstance(outcomes[0], Exception)
        at_once(lambda: follow(by=house, patience=0.2))
        assert members(segment) == set()
    follow(by=house)

    assert members(segment) == {slow.pk, quick.pk}


def test_picking_while_all_is_looked_at(cast, make, by, segment_of, members):
    picked, house = segment_of(), by(cast.house, via="job")
    records = [make.customer().pk for _ in range(6)]
    for key in records:
        outcomes = at_once(
            lambda k=key: actions.add_members(picked, [k], by=by(cast.ada)),
            lambda: actions.evaluate_due(every=True, by=house),
            lambda: follow(by=house),
        )
        assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []

    assert members(picked) == set(records)
    assert joined() == len(records)


KILLED = """
import os, signal, sys
import django
django.setup()
from leadline.core.actions import Actor
from leadline.people.models import User
from leadline.segments.actions import writing as settling
write = settling._keep_sizes
def die(*args):
    write(*args)
    print("half way", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
settling._keep_sizes = die
from leadline.segments.following import catch_up
catch_up(by=Actor(User.objects.house(), via="job"))
"""


def test_a_worker_killed_in_the_middle_did_nothing_and_the_next_does_all(
    cast, make, by, segment_of, members, database_url, tmp_path
):
    segment, house = segment_of(TECH), by(cast.house, via="job")
    customer = make.customer(industry="Technology")
    place = Place.objects.get().history_id
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "LEADLINE_DATA": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "DJANGO_SETTINGS_MODULE": "leadline.config.settings",
    }

    killed = subprocess.run(
        [sys.executable, "-c", KILLED],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert "half way" in killed.stdout, killed.stderr
    assert killed.returncode == -9
    assert members(segment) == set()
    assert Place.objects.get().history_id == place
    follow(by=house)
    assert members(segment) == {customer.pk}
    assert joined() == 1


def test_a_change_while_a_new_rule_is_filled_is_not_lost(cast, make, by, segment_of, members):
    """The whole look holds the lock; who follows meanwhile waits, and looks again."""
    segment, house = segment_of(TECH), by(cast.house, via="job")
    customers = [make.customer(industry="Energy") for _ in range(5)]
    for customer in customers:
        actions.ask_for_refresh(segment, by=by(cast.ada))
        outcomes = at_once(
            lambda: actions.evaluate_due(by=house),
            lambda c=customer: edit_customer(c, industry="Technology", by=by(cast.ada)),
            lambda: follow(by=house),
        )
        assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    follow(by=house)
    actions.evaluate_due(by=house)

    assert members(segment) == {customer.pk for customer in customers}
