"""Rows of the benchmark over a small company, made once for them."""

import json

import pytest

from leadline.config import demo
from leadline.config.bench import running
from leadline.config.bench.data import Data
from leadline.config.bench.registry import ROWS, Goal
from leadline.config.bench.reporting import as_json, as_markdown
from leadline.core.actions import Actor
from leadline.people.models import User
from tests.cast import undone

IN_PROCESS = (
    "List of",
    "List with",
    "Search",
    "360° page, first",
    "Save",
    "Log an",
    "Sign in",
    "A token",
    "Audit",
    "Operation tiles",
)


@pytest.fixture(scope="module")
def data(django_db_setup, django_db_blocker):
    """No test here asks for `db`; a browser that one row signed in serves the rows after it."""
    with django_db_blocker.unblock(), undone():
        demo.make("40", by=Actor(User.objects.house(), via="cli"))
        yield Data(times=5)


def test_each_row_that_works_in_this_process_measures(data, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    for group in IN_PROCESS:
        lines = running.run(data, only=group)

        assert lines
        assert [line.failure for line in lines if line.failure] == []
        assert all(line.measured.value > 0 for line in lines)


def test_a_row_that_fails_is_told_beside_the_others(data, monkeypatch, settings):
    settings.ALLOWED_HOSTS = ["localhost"]

    def broken(_data):
        raise RuntimeError("no such page")

    measures = next(row for row in ROWS if "360° page, first" in row.group)
    monkeypatch.setattr(running, "ROWS", [type(ROWS[0])("Broken", Goal(1), broken), measures])
    lines = running.run(data)

    assert lines[0].measured
    assert "no such page" in lines[-1].failure
    assert "no such page" in as_markdown(lines, {"customers": 40}, "leadline bench")
    assert json.loads(json.dumps(as_json(lines)))[-1]["met"] is False
