"""Long work as a job (ALL-8)."""

import pytest
from django.db import connection, connections
from django.db.utils import OperationalError

from leadline.core import clock
from leadline.core.actions import Actor
from leadline.core.jobs import (
    Job,
    cancel_job,
    job,
    job_state,
    result_path,
    resume_job,
    run_waiting_jobs,
    start_job,
)
from leadline.core.jobs.execution import LOCKS, execute
from leadline.core.jobs.registry import _runs
from leadline.core.jobs.running import Overtaken, stopping
from leadline.core.jobs.upkeep import remove_old_jobs, take_up_abandoned
from leadline.core.refusals import NotAllowed, RuleBroken


@pytest.fixture
def made_by(request, monkeypatch, settings, tmp_path):
    """Register a function as the job "boats.paint" for this test."""
    settings.LEADLINE_DATA = tmp_path
    monkeypatch.setitem(_runs, "boats.paint", lambda running: None)
    return job("boats.paint")


def paint(by, **params):
    return start_job("boats.paint", title="Paint the boats", params=params, by=by)


def fresh(started: Job) -> Job:
    return Job.objects.get(pk=started.pk)


def counting_to(last, stop_after=None):
    """A job that adds one boat per portion, from where its cursor stands."""

    def run(running):
        running.expect(last)
        for number in range((running.cursor or 0) + 1, last + 1):
            with running.portion(done=1, cursor=number) as portion:
                portion.count(painted=1)
                portion.append("painted.txt", b"%d\n" % number)
            if number == stop_after and running.done == number:
                raise RuleBroken("Out of paint.")
        running.result("painted.txt")

    return run


def test_a_job_tells_its_progress_and_its_result(made_by, by_rosa):
    made_by(counting_to(4))
    started = paint(by_rosa)
    assert job_state(started).percent is None

    run_waiting_jobs()

    state = job_state(fresh(started))
    assert (state.state, state.done, state.total, state.percent) == ("done", 4, 4, 100)
    assert state.counts == {"painted": 4}
    assert result_path(fresh(started)).read_text() == "1\n2\n3\n4\n"


def test_a_refusal_ends_the_job_in_its_own_words_and_it_can_go_on(made_by, by_rosa):
    made_by(counting_to(4, stop_after=2))
    started = paint(by_rosa)
    run_waiting_jobs()
    assert (fresh(started).state, fresh(started).message) == ("failed", "Out of paint.")

    made_by(counting_to(4))
    resume_job(started, by=by_rosa)
    run_waiting_jobs()

    assert (fresh(started).state, fresh(started).done, fresh(started).counts) == ("done", 4, {"painted": 4})
    assert result_path(fresh(started)).read_text() == "1\n2\n3\n4\n"


def test_an_unexpected_error_keeps_a_number_and_not_its_text(made_by, by_rosa):
    @made_by
    def fail(running):
        with running.portion(done=1):
            raise KeyError("secret")

    started = paint(by_rosa)
    run_waiting_jobs()

    failed = fresh(started)
    assert (failed.state, failed.done) == ("failed", 0)
    assert failed.traceback_id in failed.message
    assert "secret" not in failed.message


def test_a_portion_that_fails_leaves_no_lines_in_the_file(made_by, by_rosa):
    @made_by
    def fail(running):
        running.result("lines.txt")
        with running.portion(cursor=1) as portion:
            portion.append("lines.txt", b"kept\n")
        with running.portion(cursor=2) as portion:
            portion.append("lines.txt", b"a longer line that is lost\n")
            raise RuleBroken("No.")

    started = paint(by_rosa)
    run_waiting_jobs()

    @made_by
    def go_on(running):
        with running.portion(cursor=2) as portion:
            portion.append("lines.txt", b"again\n")

    resume_job(started, by=by_rosa)
    run_waiting_jobs()

    assert result_path(fresh(started)).read_text() == "kept\nagain\n"


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(made_by, by_rosa):
    ran = []
    made_by(ran.append)
    started = paint(by_rosa)

    cancel_job(started, by=by_rosa)
    run_waiting_jobs()

    assert (fresh(started).state, ran) == ("cancelled", [])


def test_a_running_job_is_cancelled_before_its_next_portion(made_by, by_rosa):
    @made_by
    def cancel_itself(running):
        for number in range(5):
            with running.portion(done=1):
                pass
            if number == 1:
                cancel_job(Job.objects.get(pk=running.id), by=by_rosa)

    started = paint(by_rosa)
    run_waiting_jobs()

    assert (fresh(started).state, fresh(started).done) == ("cancelled", 2)


def test_nobody_else_may_see_or_cancel_a_job(made_by, by_rosa, by_otto):
    started = paint(by_rosa)

    assert list(Job.objects.visible_to(by_rosa.user)) == [started]
    assert not Job.objects.visible_to(by_otto.user).exists()
    with pytest.raises(NotAllowed):
        cancel_job(started, by=by_otto)


def test_a_job_that_has_ended_can_not_be_cancelled(made_by, by_rosa):
    started = paint(by_rosa)
    run_waiting_jobs()

    with pytest.raises(RuleBroken):
        cancel_job(started, by=by_rosa)


def test_work_that_nobody_does_is_refused_when_it_is_asked_for(by_rosa):
    with pytest.raises(KeyError):
        start_job("boats.sink", title="", by=by_rosa)


def test_a_portion_that_another_worker_wrote_is_rolled_back(made_by, by_rosa, otto):
    @made_by
    def overtaken(running):
        Job.objects.filter(pk=running.id).update(portions=1)
        with pytest.raises(Overtaken), running.portion(done=1):
            type(otto).objects.filter(pk=otto.pk).update(name="Twice")

    started = paint(by_rosa)
    run_waiting_jobs()

    otto.refresh_from_db()
    assert (otto.name, fresh(started).done) == ("Otto", 0)


def test_a_worker_that_stops_hands_the_job_over(made_by, by_rosa):
    made_by(counting_to(3))
    started = paint(by_rosa)
    stopping.set()
    execute(started.pk)
    stopping.clear()
    assert fresh(started).state == "waiting"

    run_waiting_jobs()

    assert fresh(started).state == "done"


@pytest.mark.django_db(transaction=True)
def test_only_the_job_of_a_dead_worker_is_taken_up(made_by, by_rosa):
    made_by(counting_to(1))
    alive, dead = paint(by_rosa), paint(by_rosa)
    Job.objects.update(state="running")
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKS, alive.pk])

    take_up_abandoned()
    assert (fresh(alive).state, fresh(dead).state) == ("running", "waiting")

    other.close()
    with connection.cursor() as cursor:  # waits until the server has noticed
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKS, alive.pk])
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, alive.pk])
    take_up_abandoned()
    run_waiting_jobs()
    assert (fresh(alive).state, fresh(dead).state) == ("done", "done")


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_database_goes_away_waits_to_be_taken_up(made_by, by_rosa):
    @made_by
    def lose_the_connection(running):
        with running.portion(done=1), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    started = paint(by_rosa)
    with pytest.raises(OperationalError):
        execute(started.pk)
    connection.close()

    assert fresh(started).state == "running"
    made_by(counting_to(2))
    take_up_abandoned()
    run_waiting_jobs()
    assert (fresh(started).state, fresh(started).done) == ("done", 2)


@pytest.mark.django_db
def test_of_tasks_that_never_wait_twice_one_is_taken_up():
    """A minute's task that took longer than its minute was in hand twice when the worker was killed."""
    with connection.cursor() as cursor:
        for status, lock in (
            ("doing", "each-minute"),
            ("doing", "each-minute"),
            ("doing", "hourly"),
            ("todo", "hourly"),
        ):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (task_name, queue_name, status, queueing_lock)"
                " VALUES ('boats.paint', 'default', %s, %s)",
                [status, lock],
            )

    take_up_abandoned()

    with connection.cursor() as cursor:
        cursor.execute("SELECT queueing_lock, status FROM procrastinate_jobs ORDER BY 1")
        assert cursor.fetchall() == [("each-minute", "todo"), ("hourly", "todo")]


def test_old_jobs_go_with_their_files(made_by, by_rosa):
    made_by(counting_to(1))
    old, recent = paint(by_rosa), paint(by_rosa)
    run_waiting_jobs()
    Job.objects.filter(pk=old.pk).update(ended_at=clock.now().replace(year=clock.now().year - 1))
    path = result_path(fresh(old))

    assert remove_old_jobs() == 1
    assert not path.exists()
    assert list(Job.objects.all()) == [recent]


def test_an_administrator_sees_and_cancels_the_jobs_of_all(made_by, by_rosa, by_otto):
    by_otto.user.roles.create(
        key="chief", name="Chief", grants={"settings": {"manage": "all"}, "job": {"view": "all"}}
    )
    chief = Actor(type(by_otto.user).objects.get(pk=by_otto.user.pk))
    started = paint(by_rosa)

    assert list(Job.objects.visible_to(chief.user)) == [started]
    assert cancel_job(started, by=chief).state == "cancelled"


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_portions_do_not_wait_for_the_disk_but_the_end_of_a_job_does(made_by, by_rosa):
    """ALL-8: what is told as done is on disk: the commit that says so takes all before it along."""
    during = []
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")  # the tests' own server is set to hurry

    @made_by
    def run(running):
        for number in (1, 2):
            with running.portion(done=1, cursor=number):
                during.append(setting("synchronous_commit"))
        during.append(setting("synchronous_commit"))

    started = paint(by_rosa)
    run_waiting_jobs()

    assert fresh(started).state == "done"
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")
    assert during == ["off", "off", "on"]
