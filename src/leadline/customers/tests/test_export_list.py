"""Taking customers out as a file: within reach, as a job, kept in the ledger (CUS-8)."""

import json
from contextlib import contextmanager, suppress

import pytest
from python_calamine import CalamineWorkbook

from leadline.core.events import EventRecord
from leadline.core.jobs import Job, Running, result_path, resume_job
from leadline.core.jobs.files import path_of
from leadline.core.lists import Selection
from leadline.core.lists.export import exporting
from leadline.core.lists.export.running import run_export
from leadline.core.refusals import NotAllowed, RuleBroken
from leadline.customers.exporting import start_export


def test_an_export_from_the_list_is_a_job_with_a_file(cast, as_, make, settle):
    make.customer(cast.rosa, name="Kapal Jaya", city="Bandung")
    started = as_(cast.ada, htmx=True).post(
        "/customers/export", {"step": "start", "all": "1", "format": "csv", "column": ["name", "city"]}
    )
    assert started.status_code == 200
    settle()

    job = Job.objects.get(kind="core.export")
    assert result_path(job).read_text("utf-8-sig").splitlines() == ["name,city", "Kapal Jaya,Bandung"]
    assert job.counts == {"exported": 1}


def test_who_took_what_out_is_kept_in_the_ledger(cast, by, make, settle):
    make.customer(cast.rosa)
    start_export(Selection("customer"), columns=["name"], form="jsonl", by=by(cast.ada))
    settle()
    told = EventRecord.objects.get(name="core.ListExported")
    assert told.actor_id == cast.ada.pk
    assert told.payload["rows"] == 1


def test_an_export_holds_what_is_seen_and_may_be_taken_out(cast, by, make, settle):
    """A manager's export of all, or of others by id, holds her own teams' customers (ALL-3)."""
    make.customer(cast.rosa, name="North")
    others = make.customer(cast.otto, name="South")
    for selection in (Selection("customer"), Selection.of_ids("customer", [others.pk])):
        start_export(selection, columns=["name"], by=by(cast.mira))
    settle()
    files = [
        result_path(job).read_text("utf-8-sig").split()
        for job in Job.objects.filter(kind="core.export").order_by("id")
    ]
    assert files == [["name", "North"], ["name"]]


def test_a_role_that_exports_nothing_may_not(cast, by, make):
    with pytest.raises(NotAllowed):
        start_export(Selection("customer"), columns=["name"], by=by(cast.sam))


def test_columns_and_forms_nobody_knows_are_refused(cast, by):
    with pytest.raises(RuleBroken):
        start_export(Selection("customer"), columns=["password"], by=by(cast.ada))
    with pytest.raises(RuleBroken):
        start_export(Selection("customer"), columns=["name"], form="exe", by=by(cast.ada))


class Killed(BaseException):
    """The worker dies in the middle of a portion."""


def lines_of(form, path):
    if form == "csv":
        return path.read_text().splitlines()[1:]
    if form == "jsonl":
        return [json.loads(line)["name"] for line in path.read_text().splitlines()]
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return [row[0] for row in sheet.to_python()][1:]


@pytest.fixture
def seven(cast, make, monkeypatch):
    """Seven customers, and an export that writes two at once."""
    monkeypatch.setattr(exporting, "WINDOW", 2)
    names = [f"Kapal {number}" for number in range(7)]
    for name in names:
        make.customer(cast.rosa, name=name)
    return names


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("dies_at", [1, 3, 4, 5, 6])
def test_an_export_that_was_cut_off_is_whole_and_nothing_doubled(
    cast, by, settle, seven, monkeypatch, form, dies_at
):
    """ALL-8: killed in any portion, also in the last that tells of it."""
    job = start_export(Selection("customer"), columns=["name"], form=form, by=by(cast.ada))
    portion, begun = Running.portion, []

    @contextmanager
    def cut(running, **options):
        with portion(running, **options) as opened:
            yield opened
            begun.append(1)
            if len(begun) == dies_at:
                raise Killed

    monkeypatch.setattr(Running, "portion", cut)
    with suppress(Killed):
        run_export(Running(_taken(job)))
    monkeypatch.undo()
    monkeypatch.setattr(exporting, "WINDOW", 2)
    assert len(begun) == dies_at
    run_export(Running(_taken(job)))

    job.refresh_from_db()
    assert lines_of(form, path_of(job, job.result_file)) == seven
    assert (job.done, job.total, job.counts) == (7, 7, {"exported": 7})
    assert EventRecord.objects.filter(name="core.ListExported").count() == 1


def test_an_export_tells_how_far_it_is_and_stops_when_asked(cast, by, seven, monkeypatch, settle):
    """ALL-8: after the window that it is at; going on later leaves nothing out."""
    job = start_export(Selection("customer"), columns=["name"], by=by(cast.ada))
    seen = []

    def asked(running):
        seen.append(Job.objects.values_list("done", "total").get(pk=running.id))
        if len(seen) == 3:
            Job.objects.filter(pk=running.id).update(cancel_requested=True)

    stop = Running._stop_if_asked
    monkeypatch.setattr(Running, "_stop_if_asked", lambda running: (asked(running), stop(running))[1])
    settle()
    job.refresh_from_db()
    assert (job.state, seen) == ("cancelled", [(0, 7), (0, 7), (2, 7)])
    assert result_path(job) is None

    monkeypatch.undo()
    resume_job(job, by=by(cast.ada))
    settle()
    job.refresh_from_db()
    assert lines_of("csv", result_path(job)) == seven


def test_an_export_of_nothing_has_its_head(cast, by, settle):
    """A file that opens, with the names of the columns."""
    job = start_export(Selection("customer"), columns=["name"], by=by(cast.ada))
    settle()
    job.refresh_from_db()

    assert result_path(job).read_text() == "name\n"


def _taken(job):
    Job.objects.filter(pk=job.pk).update(state="running")
    return Job.objects.select_related("created_by").get(pk=job.pk)
