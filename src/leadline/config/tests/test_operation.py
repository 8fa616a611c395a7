"""The page of operation, the backup as a job, backups by the clock (INT-7)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from leadline.config.backups import schedule, shelf
from leadline.config.checks import CHECKS
from leadline.core import clock
from leadline.core.actions import Actor
from leadline.core.events.models import EventSubject
from leadline.core.history.models import HistoryEntry
from leadline.core.jobs import Job
from leadline.core.search.models import SearchDocument
from leadline.customers.models import Customer, Pulse
from leadline.people.actions import create_token


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """Where the backups of the test go."""
    monkeypatch.setenv("LEADLINE_BACKUPS", str(tmp_path / "backups"))
    monkeypatch.setenv("LEADLINE_DATA", str(tmp_path))
    monkeypatch.setenv("LEADLINE_BACKUP_PASSPHRASE", "twenty fathoms")
    return tmp_path / "backups"


def test_an_administrator_sees_how_it_does_and_nobody_else(cast, as_, folder):
    page = as_(cast.ada).get("/operation")

    assert page.status_code == 200
    assert "No backup yet" in page.text
    assert "PostgreSQL" in page.text
    assert as_(cast.mira).get("/operation").status_code == 403
    assert as_(cast.mira).post("/operation/back-up").status_code == 403


def test_back_up_now_is_a_job_and_two_clicks_are_one_backup(transactional_db, cast, as_, folder, settle):
    browser = as_(cast.ada)
    first, second = browser.post("/operation/back-up"), browser.post("/operation/back-up")

    assert first.url == second.url
    assert "A backup is being made" in browser.get("/operation").text
    settle()

    (job,) = Job.objects.filter(kind="config.backup")
    assert job.state == Job.State.DONE, job.message
    (kept,) = shelf.kept_in(folder)
    assert kept.path.name in browser.get("/operation").text


def test_a_program_of_an_administrator_may_ask_for_one_and_no_other(cast, folder):
    def ask(user) -> int:
        secret = create_token(user, name="backups", by=Actor(user))
        headers = {"Authorization": f"Bearer {secret}"}
        return Client().post("/api/v1/backups", content_type="application/json", headers=headers).status_code

    assert (ask(cast.ada), ask(cast.mira)) == (202, 403)
    assert Job.objects.get().created_by == cast.ada


def test_todays_backup_is_due_once_its_time_has_come(cast, folder, monkeypatch):
    monkeypatch.setenv("LEADLINE_BACKUP_AT", "02:30")
    noon = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    with clock.at(noon):
        assert schedule.is_due()
        folder.mkdir()
        (folder / shelf.name_for("dump", noon - timedelta(hours=1))).touch()
        assert not schedule.is_due()
    with clock.at(noon + timedelta(days=1)):
        assert schedule.is_due()
    monkeypatch.setenv("LEADLINE_BACKUP_AT", "")
    assert not schedule.is_due()


def test_the_oldest_go_and_the_newest_stay(folder):
    folder.mkdir()
    begin = datetime(2026, 11, 1, tzinfo=UTC)
    for day in range(5):
        (folder / shelf.name_for("dump", begin + timedelta(days=day))).touch()
    (folder / "notes.txt").touch()

    removed = shelf.forget_old(folder, keep=2)

    assert len(removed) == 3
    assert [kept.made_at.day for kept in shelf.kept_in(folder)] == [5, 4]
    assert (folder / "notes.txt").exists()


def test_checks_find_what_no_longer_agrees(cast, make, folder):
    customer = make.customer(cast.rosa)
    other = make.customer(cast.rosa)
    names = ("search", "pulses", "history", "ledger", "jobs", "partitions", "disk")
    assert all(CHECKS[name]()[0] for name in names)

    SearchDocument.objects.filter(object_id=customer.pk).delete()
    SearchDocument.objects.filter(object_id=other.pk).update(text="somebody else")
    Pulse.objects.filter(customer=customer).delete()
    Pulse.objects.filter(customer=other).update(team_id=None)
    Pulse.objects.create(customer_id=other.pk + 999)
    Customer.objects.filter(pk=other.pk).update(team_id=cast.north.pk + 999)
    EventSubject.objects.filter(subject_id=customer.pk).update(event_id=0)
    HistoryEntry.objects.filter(record_id=other.pk, kind="customer").update(version=40)
    Job.objects.create(
        kind="lost", title="Lost", created_by=cast.ada, created_at=clock.now() - timedelta(hours=1)
    )

    found = {name: CHECKS[name]() for name in ("search", "pulses", "ledger", "jobs", "history")}
    assert not any(ok for ok, _words in found.values())
    assert "1 customer have no document; 1 customer documents say otherwise" in found["search"][1]
    assert "3 pulses differ from their customers; 1 customers are of no team" in found["pulses"][1]
    assert "1 subjects without an event" in found["ledger"][1]
    assert "1 of them in no queue" in found["jobs"][1]
    assert "1 of customer have another version" in found["history"][1]
