"""Bulk changes, imports, exports, jobs and undoing through the API (CUS-7, CUS-8, CUS-19, ALL-8, SIG-3)."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leadline.api.tests.conftest import errors_of
from leadline.customers.models import Customer

FILE = "Company,Mail,Telefon\nHarbour,hello@harbour.example,0812 345 6789\nNo Mail,,\n"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.LEADLINE_DATA = tmp_path


def upload(program, content=FILE, name="list.csv", headers=None, **answers):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode(), "text/csv")
    return program.client.post("/api/v1/imports", {"file": file, **answers}, headers=headers or {})


def test_a_bulk_change_is_previewed_done_as_a_job_and_undone(program, cast, make, settle):
    mine, theirs = make.customer(cast.rosa), make.customer(cast.otto)
    ada = program(cast.ada)
    bulk = {
        "selection": {"where": {}, "excluded": [theirs.pk]},
        "verb": "tag",
        "answers": {"add": ["autumn"]},
    }

    foreseen = ada.post("customers/bulk", {**bulk, "preview": True}).json()
    assert (foreseen["total"], foreseen["would_change"]) == (1, 1)
    assert Customer.objects.get(pk=mine.pk).tags == []

    started = ada.post("customers/bulk", bulk)
    assert started.status_code == 202
    settle()
    job = ada.get(started.headers["Location"].removeprefix("/api/v1/")).json()
    assert (job["state"], job["counts"]["changed"]) == ("done", 1)
    assert ada.get(f"customers/{mine.pk}").json()["tags"] == ["autumn"]
    assert ada.get(f"customers/{theirs.pk}").json()["tags"] == []

    assert ada.get(f"change-sets/{job['change_set']}").json()["may_be_undone"] is True
    undoing = ada.post(f"change-sets/{job['change_set']}/undo")
    assert undoing.status_code == 202
    settle()
    assert ada.get(f"change-sets/{job['change_set']}").json()["state"] == "undone"
    assert ada.get(f"customers/{mine.pk}").json()["tags"] == []
    assert ada.post(f"change-sets/{job['change_set']}/undo").status_code == 422


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "selection"),
        ({"selection": {}, "verb": "archive"}, "selection"),
        ({"selection": {"ids": ["x"]}, "verb": "archive"}, "ids"),
        ({"selection": {"ids": 1}, "verb": "archive"}, "ids"),
        ({"selection": {"where": [1]}, "verb": "archive"}, "where"),
        ({"selection": {"where": {"field": "x"}}, "verb": "archive"}, "where"),
        ({"selection": {"where": {}, "kind": "user"}, "verb": "archive"}, "kind"),
        ({"selection": {"where": {}}, "verb": "delete"}, "verb"),
        ({"selection": {"where": {}}, "verb": "status", "answers": {"status": "x"}}, "status"),
        ({"selection": {"where": {}}, "verb": "edit", "answers": {"field": "email", "value": "x"}}, "field"),
        ({"selection": {"where": {}}, "verb": "tag", "answers": {"add": "x"}}, "add"),
        ({"selection": {"where": {}}, "verb": "assign", "answers": {"owner": {"id": 1}}}, "owner"),
        ({"selection": {"where": {}}, "verb": "archive", "preview": "yes"}, "preview"),
        ({"selection": {"where": {}}, "verb": "archive", "answers": {"version": 1}}, "version"),
    ],
)
def test_what_a_bulk_change_does_not_understand_is_refused_by_name(program, cast, make, given, field):
    make.customer(cast.ada)

    assert field in errors_of(program(cast.ada).post("customers/bulk", given))


def test_a_bulk_change_reaches_only_what_the_person_sees(program, cast, make, settle):
    theirs = make.customer(cast.otto)
    make.customer(cast.rosa)

    started = program(cast.rosa).post(
        "customers/bulk", {"selection": {"ids": [theirs.pk]}, "verb": "archive"}
    )

    assert started.status_code == 422
    theirs.refresh_from_db()
    assert theirs.archived_at is None


def test_a_file_is_imported_by_one_call_and_its_rejected_rows_come_back(program, cast, settle):
    mira = program(cast.mira)
    mapping = {"Company": "name", "mail": "email", "2": "phone"}

    brought = upload(mira, kind="customers", mapping=json.dumps(mapping))

    assert brought.status_code == 201, brought.content
    path = f"imports/{brought.json()['id']}"
    settle()
    done = mira.get(path).json()
    assert (done["state"], done["counts"]["created"], done["counts"]["rejected"]) == ("done", 1, 1)
    assert done["mapping"] == {"Company": "name", "Mail": "email", "Telefon": "phone"}
    assert mira.get("customers").json()["data"][0]["phone"] == "+628123456789"
    rejected = list(csv.reader(io.StringIO(b"".join(mira.get(f"{path}/rejected")).decode("utf-8-sig"))))
    assert rejected[1][0] == "No Mail"
    assert mira.post(f"{path}/undo").status_code == 202
    settle()
    assert mira.get("customers").json()["data"] == []
    assert program(cast.otto).get(path).status_code == 404


def test_an_import_may_be_tried_before_it_is_started(program, cast, settle):
    mira = program(cast.mira)
    path = f"imports/{upload(mira, kind='customers', start='no').json()['id']}"

    assert mira.get(path).json()["state"] == "draft"
    assert mira.post(f"{path}/check").status_code == 202
    settle()
    assert mira.get(path).json()["problems"][0]["row"] == 3
    assert Customer.objects.count() == 0
    assert mira.post(f"{path}/start").status_code == 202
    settle()
    assert Customer.objects.count() == 1
    assert mira.post(f"{path}/start").status_code == 422
    assert mira.post(f"{path}/cancel").status_code == 422


def test_of_two_names_of_one_column_the_last_says_what_its_words_mean(program, cast, settle):
    content = "Company,Mail,Stage\nHarbour,hello@harbour.example,Lead\n"
    means = {"Stage": {"Lead": "active"}, "2": {"Lead": "prospect"}}
    mapping = {"Company": "name", "Mail": "email", "Stage": "status"}

    brought = upload(
        program(cast.mira),
        content,
        kind="customers",
        mapping=json.dumps(mapping),
        values=json.dumps(means),
    )

    assert brought.status_code == 201, brought.content
    settle()
    assert Customer.objects.get().status == "prospect"


def test_a_file_that_is_sent_twice_with_one_key_is_imported_once(program, cast, settle):
    mira = program(cast.mira)

    first, again = (upload(mira, kind="customers", headers={"Idempotency-Key": "f1"}) for _ in range(2))

    assert first.json()["id"] == again.json()["id"]
    other = upload(
        mira, content=FILE + "x,y@example.com,\n", kind="customers", headers={"Idempotency-Key": "f1"}
    )
    assert other.status_code == 422


@pytest.mark.parametrize(
    ("content", "answers", "field"),
    [
        (FILE, {"kind": "users"}, "kind"),
        (FILE, {}, "kind"),
        (FILE, {"kind": "customers", "mapping": "{"}, "mapping"),
        (FILE, {"kind": "customers", "mapping": "[]"}, "mapping"),
        (FILE, {"kind": "customers", "mapping": '{"Nothing": "name"}'}, "mapping"),
        (FILE, {"kind": "customers", "mapping": '{"Company": 1}'}, "mapping"),
        (FILE, {"kind": "customers", "mapping": '{"Company": "owner_id"}'}, "column-0"),
        (FILE, {"kind": "customers", "duplicates": "x"}, "on_duplicate"),
        (FILE, {"kind": "customers", "key": "x"}, "key"),
        (FILE, {"kind": "customers", "start": "x"}, "start"),
        (FILE, {"kind": "customers", "header": "x"}, "header"),
        (FILE, {"kind": "customers", "encoding": "x"}, "encoding"),
        (FILE, {"kind": "customers", "path": "/etc/passwd"}, "path"),
        (b"\x00\x01\x02\xff" * 100, {"kind": "customers"}, "file"),
        (b"PK\x03\x04 no workbook", {"kind": "customers"}, "file"),
    ],
)
def test_what_an_import_does_not_understand_is_refused_and_no_file_is_kept(
    program, cast, content, answers, field, tmp_path
):
    refused = upload(program(cast.mira), content, **answers)

    assert refused.status_code == 422, refused.content
    assert field in errors_of(refused)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_only_who_may_import_imports(program, cast):
    assert upload(program(cast.rosa), kind="customers").status_code == 403
    assert program(cast.mira).post("imports", {"kind": "customers"}).status_code == 415
    assert "file" in errors_of(program(cast.mira).client.post("/api/v1/imports", {"kind": "customers"}))


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_what_a_condition_finds_is_exported_within_the_scope(program, cast, make, settle, form):
    make.customer(cast.rosa, name="=cmd()", industry="Fishing")
    make.customer(cast.rosa, industry="Ferries")
    make.customer(cast.otto, industry="Fishing")
    rosa = program(cast.rosa)
    where = {"field": "industry", "op": "equals", "value": "Fishing"}

    started = rosa.post("exports", {"where": where, "columns": ["name", "owner"], "format": form})

    assert started.status_code == 201, started.content
    path = started.headers["Location"].removeprefix("/api/v1/")
    assert rosa.get(f"{path}/file").status_code == 404
    settle()
    assert rosa.get(path).json()["counts"] == {"exported": 1}
    content = b"".join(rosa.get(f"{path}/file"))
    if form == "csv":
        assert content.decode() == "name,owner\n'=cmd(),rosa@example.com\n"
    assert b"".join(rosa.get(f"jobs/{started.json()['id']}/result")) == content
    assert program(cast.otto).get(f"{path}/file").status_code == 404


def test_what_an_export_does_not_understand_is_refused_and_who_may_not_does_not(program, cast):
    rosa = program(cast.rosa)

    for wrong, field in (
        ({"format": "exe"}, "format"),
        ({"columns": ["password"]}, None),
        ({"columns": "name"}, "columns"),
        ({"kind": "users"}, "kind"),
        ({"where": {"field": "x"}}, "where"),
        ({"path": "/etc"}, "path"),
    ):
        refused = rosa.post("exports", wrong)
        assert refused.status_code == 422, refused.content
        assert field in errors_of(refused)
    assert program(cast.sam).post("exports", {}).status_code == 403


def test_a_job_is_cancelled_and_goes_on(program, cast, make, settle):
    make.customer(cast.rosa)
    rosa = program(cast.rosa)
    job = rosa.post("exports", {}).json()

    assert rosa.post(f"jobs/{job['id']}/cancel").json()["state"] == "cancelled"
    assert rosa.post(f"jobs/{job['id']}/cancel").status_code == 422
    assert rosa.post(f"jobs/{job['id']}/resume").json()["state"] == "waiting"
    settle()
    assert rosa.get(f"jobs/{job['id']}").json()["state"] == "done"


def test_rejected_rows_are_read_corrected_and_imported(program, cast, settle):
    """CUS-19: a program mends them as a person does on the page."""
    ada = program(cast.ada)
    brought = upload(ada, kind="customers", mapping='{"Company": "name", "Mail": "email"}').json()
    settle()
    path = f"imports/{brought['id']}/rejected-rows"

    rows = ada.get(path).json()["data"]
    assert [(row["row"], row["cells"]["Company"]) for row in rows] == [(3, "No Mail")]
    assert program(cast.mira).get(path).status_code == 404
    assert program(cast.mira).post(f"{path}/correct", {"rows": []}).status_code == 404

    corrected = ada.post(f"{path}/correct", {"rows": [{"row": 3, "cells": {"Mail": "now@mail.example"}}]})
    assert corrected.status_code == 201, corrected.content
    settle()
    assert Customer.objects.get(email="now@mail.example").name == "No Mail"
    assert ada.get(path).json()["data"] == []
    assert ada.get(f"imports/{corrected.json()['id']}").json()["counts"]["created"] == 1


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        (None, "rows"),
        ("x", "rows"),
        ([1], "rows"),
        ([{"row": "3", "cells": {}}], "rows"),
        ([{"row": 3, "cells": []}], "rows"),
        ([{"row": 3, "cells": {"Nope": "x"}}], "cells"),
        ([{"row": 3, "cells": {"Mail": 1}}], "cells"),
        ([{"row": 2, "cells": {"Mail": "x@y.example"}}], "rows"),
        ([{"row": 3, "cells": {"Mail": ""}}], "rows"),
        ([{"row": 3, "cells": {}, "id": 1}], "id"),
    ],
)
def test_corrections_that_can_not_be_meant_are_refused_by_name(program, cast, settle, rows, field):
    ada = program(cast.ada)
    brought = upload(ada, kind="customers", mapping='{"Company": "name", "Mail": "email"}').json()
    settle()

    assert field in errors_of(ada.post(f"imports/{brought['id']}/rejected-rows/correct", {"rows": rows}))
