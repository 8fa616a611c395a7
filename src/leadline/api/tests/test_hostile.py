"""Hostile input: every operation answers with a problem, never with a fault, and never at length."""

import json
from collections import defaultdict

import pytest
from django.test import Client

from leadline.api.v1 import api

NASTY = [
    b"",
    b"{",
    b"nonsense",
    b"[]",
    b"null",
    b"1",
    b'"text"',
    b"\xff\xfe",
    b'{"name": NaN}',
    b'{"name": Infinity}',
    b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    b"[" * 20_000,
    b'{"name": "' + b"x" * 20_000 + b'"}',
    b'{"name": "\\u0000", "email": "a@example.com"}',
    b'{"name": "\\ud800", "email": "a@example.com"}',
    b'{"\\u0000": 1}',
    b'{"name": ' + b"9" * 5000 + b"}",
    b'{"name": {"$gt": ""}, "email": ["a@example.com"]}',
    b'{"owner": ' + b"9" * 40 + b"}",
    b'{"parent": -1}',
    b'{"tags": [[["x"]]]}',
    b'{"tags": {"a": 1}}',
    b'{"parent": "' + b"9" * 5000 + b'", "owner": "' + b"9" * 5000 + b'", "team": "' + b"9" * 5000 + b'"}',
    b'{"tier": 1e400}',
    b'{"tier": 1.5}',
    b'{"customer_since": "9999-99-99"}',
    b'{"country": true}',
    b'{"body": 1, "reason": [], "status": {}, "customer": "1", "verb": null, "selection": []}',
]


def _operations():
    paths = api.get_openapi_schema()["paths"]
    return [(method, path) for path, operations in paths.items() for method in operations]


@pytest.fixture
def addresses(cast, make):
    customer = make.customer(cast.ada)
    keys = {
        "customer_id": customer.pk,
        "contact_id": make.contact(customer).pk,
        "note_id": make.note(customer).pk,
        "activity_id": make.activity(customer).pk,
        "user_id": cast.rosa.pk,
    }
    # What is not made here is asked for under a key that may not be there.
    return lambda path: path.removeprefix("/api/v1/").format_map(defaultdict(lambda: 1, keys))


@pytest.mark.parametrize(("method", "path"), [one for one in _operations() if one[0] != "get"])
def test_no_body_makes_an_operation_fault(program, addresses, cast, method, path):
    ada, address = program(cast.ada), addresses(path)

    for body in NASTY:
        answer = ada.send(method, address, body)
        assert answer.status_code < 500, (body[:60], answer.content)
        if answer.status_code >= 400:
            told = answer.json()
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert set(told) >= {"type", "title", "status", "detail", "errors"}
            assert len(answer.content) < 8_000, body[:60]


@pytest.mark.parametrize(("method", "path"), _operations())
def test_no_id_makes_an_operation_fault(program, cast, method, path):
    ada = program(cast.ada)
    for key in ("0", "-1", "9" * 19, "9" * 60, "9" * 5000, "1.5", "x", "%00", "1%27", "%F0%9F%9A%A2", "../1"):
        if "{" not in path:
            return
        answer = ada.send(
            method,
            path.removeprefix("/api/v1/")
            .replace("{", "")
            .replace("}", "")
            .replace(path[path.index("{") + 1 : path.index("}")], key),
            {} if method != "get" else None,
        )
        assert answer.status_code == 404, (key, answer.content)
        assert answer.headers["Content-Type"] == "application/problem+json"


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
