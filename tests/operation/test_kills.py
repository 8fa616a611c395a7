"""kill -9 of anything, at any moment, under writes: nothing answered is lost, nothing is there twice."""

from pathlib import Path

from tests.operation import killing


def test_no_answered_write_is_lost_or_doubled_whatever_is_killed(idle: Path):
    outcome = killing.run(6, seed=7)

    assert sum(outcome.killed.values()) == 6
    assert len(outcome.answered) >= 6 * killing.WRITERS
    assert len(outcome.sent) >= 6 * killing.WRITERS
    assert outcome.lost == []
    assert outcome.doubled == []
    assert outcome.wrong == []
    assert set(outcome.other) <= {500, 502, 503}
