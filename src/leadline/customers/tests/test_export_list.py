"""Taking customers out as a file: within reach, as a job, kept in the ledger (CUS-8)."""

import pytest

from leadline.core.events import EventRecord
from leadline.core.jobs import Job, result_path
from leadline.core.lists import Selection
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
