"""Requests made up from the description, by a fixed seed: none of them makes the API fault (INT-2)."""

import json

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.configuration import set_hypothesis_home_dir

from leadline.api.v1 import api

EXAMPLES = 4
KNOWN = ("method", "url", "headers", "files", "data", "json", "params", "cookies")


@schemathesis.serializer("message/rfc822")
def letter(_context, value):
    """A letter goes out as it is."""
    return value if isinstance(value, bytes) else str(value).encode()


def _operations():
    return [
        pytest.param(path, method, id=operation["operationId"])
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method, operation in operations.items()
    ]


@pytest.fixture(scope="session")
def described():
    """The description as others read it: plain JSON."""
    return schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))


@pytest.mark.parametrize(("path", "method"), _operations())
def test_no_made_up_request_faults(ada, described, settings_of, path, method):
    @settings_of
    @given(case=described[path][method.upper()].as_strategy())
    def send(case):
        made = requests.Request(**_parts_of(case)).prepare()
        headers = {name: value for name, value in made.headers.items() if name != "Content-Length"}
        kind = headers.pop("Content-Type", "application/octet-stream")
        body = made.body.encode() if isinstance(made.body, str) else made.body or b""
        answer = ada.client.generic(made.method, made.path_url, body, content_type=kind, headers=headers)
        assert answer.status_code < 500, (made.path_url, body[:300], answer.content)
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"] == "application/problem+json"

    send()


def _parts_of(case):
    parts = case.as_transport_kwargs(base_url="http://testserver")
    return {name: parts[name] for name in KNOWN if name in parts}


@pytest.fixture
def settings_of(tmp_path):
    """A few examples, the same ones each time, and nothing kept."""
    set_hypothesis_home_dir(tmp_path)
    return settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
