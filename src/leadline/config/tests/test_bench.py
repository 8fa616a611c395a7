"""The benchmark measures what is in the database and tells it honestly; how fast is not asked here."""

import json

import pytest

from leadline.config import demo
from leadline.config.bench import running
from leadline.config.bench.data import Data
from leadline.config.bench.registry import A_SECOND, ROWS, Goal, Line, Measured
from leadline.config.bench.reporting import as_json, as_markdown
from leadline.core.actions import Actor
from leadline.core.refusals import RuleBroken
from leadline.people.models import User

IN_PROCESS = (
    "List of",
    "List with",
    "Search",
    "360° page, first",
    "Save",
    "Log",
    "Sign in",
    "A token",
    "Audit",
)


@pytest.fixture
def data(db):
    demo.make("40", by=Actor(User.objects.house(), via="cli"))
    return Data(times=5)


def test_each_row_that_works_in_this_process_measures(data, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    for group in IN_PROCESS:
        lines = running.run(data, only=group)

        assert lines
        assert [line.failure for line in lines if line.failure] == []
        assert all(line.measured.value > 0 for line in lines)


def test_every_figure_of_the_issue_has_its_row():
    titles = " ".join(row.group for row in ROWS)

    for word in ("List of 50", "three filters", "Search", "360", "Save", "Log", "Import", "CSV", "XLSX",
                 "assignment", "16 clients", "Start", "Memory", "Sign in", "token", "Audit"):  # fmt: skip
        assert word in titles


def test_without_data_it_says_what_to_do(db):
    with pytest.raises(RuleBroken, match="leadline demo"):
        _ = Data().people


@pytest.mark.parametrize(
    ("goal", "measured", "met"),
    [
        (Goal(6), Measured(5.9), True),
        (Goal(6), Measured(6.1), False),
        (Goal(12, p95=40), Measured(5, p95=41), False),
        (Goal(6, times_raw=10), Measured(5, raw=0.4), False),
        (Goal(8000, A_SECOND, most=False), Measured(7999), False),
        (Goal(8000, A_SECOND, most=False), Measured(8001), True),
        (Goal(6), None, False),
    ],
)
def test_a_goal_is_met_or_not(goal, measured, met):
    assert Line("group", "name", goal, measured).is_met is met


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
