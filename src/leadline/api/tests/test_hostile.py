"""Hostile input: what is not understood is answered with a problem, never with a fault."""

import json

import pytest
from django.test import Client


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "x", ""]
)
def test_another_content_type_is_refused(program, cast, kind):
    answer = program(cast.rosa).client.post("/api/v1/customers", b'{"name": "A"}', content_type=kind)

    assert answer.status_code == 415


def test_broken_multipart_is_refused(program, cast):
    mira = program(cast.mira)

    for kind in (
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=\u00e4",
    ):
        answer = mira.client.post("/api/v1/imports", b"--x\r\nnonsense", content_type=kind)
        assert 400 <= answer.status_code < 500
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_body_that_is_too_large_is_refused_as_such(program, cast):
    answer = program(cast.rosa).send("post", "customers", b'{"name": "' + b"x" * 6_000_000 + b'"}')

    assert (answer.status_code, answer.json()["status"]) == (413, 413)
    assert (
        program(cast.rosa).send("post", "customers", b" " * 6_000_000, Idempotency_Key="k").status_code == 413
    )


@pytest.mark.parametrize(
    "path", ["nothing", "customers/", "customers/1/explode", "customer", "", "openapi.yaml"]
)
def test_an_unknown_address_is_a_problem_too(program, cast, path):
    answer = program(cast.rosa).get(path)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/", "/api/v2/customers", "/api/x?y=1"])
def test_so_is_one_outside_of_this_version(path, db):
    assert Client().get(path).headers["Content-Type"] == "application/problem+json"


def test_a_method_that_is_not_offered_names_those_that_are(program, cast):
    answer = program(cast.rosa).send("delete", "customers")

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].replace(" ", "").split(",")) == {"GET", "POST"}
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_fault_of_ours_is_told_without_a_trace(program, cast, monkeypatch):
    from leadline.api.resources import customers

    def broken(*_args, **_kwargs):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(customers, "list_of", broken)
    answer = program(cast.rosa).get("customers")

    assert answer.status_code == 500
    assert b"secret" not in answer.content
    assert b"Traceback" not in answer.content


def test_what_is_stored_comes_back_as_json_and_never_as_markup(program, cast):
    script = "<script>alert(1)</script>"

    answer = program(cast.rosa).post("customers", {"name": script, "email": "a@example.com"})

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert json.loads(answer.content)["name"] == script
