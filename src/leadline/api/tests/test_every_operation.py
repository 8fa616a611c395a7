"""Hostile input: every operation answers with a problem, never with a fault, and never at length."""

from collections import defaultdict

import pytest

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


WITH_ID = [one for one in _operations() if "{" in one[1]]


@pytest.fixture(scope="module")
def keys(planted):
    """What is not made here is asked for under a key that may not be there."""
    make = planted.make
    of = {
        "customer_id": planted.customer.pk,
        "contact_id": planted.contact.pk,
        "note_id": make.note(planted.customer).pk,
        "activity_id": make.activity(planted.customer).pk,
        "user_id": planted.people.rosa.pk,
    }
    return defaultdict(lambda: 1, of)


@pytest.mark.parametrize(("method", "path"), [one for one in _operations() if one[0] != "get"])
def test_no_body_makes_an_operation_fault(ada, keys, method, path):
    address = path.removeprefix("/api/v1/").format_map(keys)

    for body in NASTY:
        answer = ada.send(method, address, body)
        assert answer.status_code < 500, (body[:60], answer.content)
        if answer.status_code >= 400:
            told = answer.json()
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert set(told) >= {"type", "title", "status", "detail", "errors"}
            assert len(answer.content) < 8_000, body[:60]


@pytest.mark.parametrize(("method", "path"), WITH_ID)
def test_no_id_makes_an_operation_fault(ada, method, path):
    for key in ("0", "-1", "9" * 19, "9" * 60, "9" * 5000, "1.5", "x", "%00", "1%27", "%F0%9F%9A%A2", "../1"):
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
