"""Requests keep nothing in a session of the database: a pooler may give each transaction another (INT-7)."""

import re

import pytest
from django.db import connection

from tests.house.sources import SRC, modules

# They run where the connection is direct: in the worker, and while migrating.
HOLD_A_SESSION = {"core/jobs/execution.py", "core/migrating.py"}
WHAT_OUTLIVES_A_TRANSACTION = {
    "a lock of the session": r"pg_(?:try_)?advisory_lock\(",
    "a setting of the session": r"set_config\([^()]*,\s*false\)|execute\(\s*f?\"SET (?!LOCAL)",
    "listening": r"\bLISTEN\b",
    "a cursor with hold": r"WITH HOLD",
    "a prepared statement": r"\bPREPARE\b|prepare=True",
    "a temporary table that stays": r"CREATE TEMP(?:ORARY)? TABLE(?:(?!ON COMMIT DROP)[^;])*?\"\"\"",
}


@pytest.mark.parametrize("what", WHAT_OUTLIVES_A_TRANSACTION)
def test_nothing_in_a_request_outlives_its_transaction(what):
    pattern = re.compile(WHAT_OUTLIVES_A_TRANSACTION[what], re.DOTALL)
    found = {
        path
        for path in modules()
        if "/tests/" not in f"/{path}" and "/bench/" not in path and pattern.search((SRC / path).read_text())
    }

    assert found <= HOLD_A_SESSION


def test_statements_are_never_prepared_by_themselves(db):
    """A prepared statement belongs to a session that the next transaction may not get."""
    assert connection.get_connection_params()["prepare_threshold"] is None
