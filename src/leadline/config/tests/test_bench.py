"""The benchmark measures what is in the database and tells it honestly; how fast is not asked here."""

import pytest

from leadline.config.bench.data import Data
from leadline.config.bench.registry import A_SECOND, ROWS, Goal, Line, Measured
from leadline.core.refusals import RuleBroken


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
