"""Requests keep nothing in a session of the database: a pooler may give each transaction another (INT-7)."""

import os
import re
import subprocess
import sys

import pytest
from django.db import connection

from leadline.core.planned import ONLY_IF_ASKED
from leadline.core.postgres.addresses import DIRECT
from tests.house.sources import SRC, modules

# They run where the connection is direct: in the worker, and while migrating.
HOLD_A_SESSION = {"core/jobs/execution.py", "core/migrating.py"}
PREPARES = "core/planned.py"  # not through a pooler: no threshold is set there
WHAT_OUTLIVES_A_TRANSACTION = {
    "a lock of the session": r"pg_(?:try_)?advisory_lock\(",
    "a setting of the session": r"set_config\([^()]*,\s*false\)|execute\(\s*f?\"SET (?!LOCAL)",
    "listening": r"\bLISTEN\b",
    "a cursor with hold": r"WITH HOLD",
    "a prepared statement": r"\bPREPARE\b|[\"']?prepare[\"']?\s*[=:]\s*True",
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

    assert found <= HOLD_A_SESSION | {PREPARES}


def test_statements_are_never_prepared_by_themselves(db):
    """A prepared statement belongs to a session that the next transaction may not get."""
    assert connection.get_connection_params()["prepare_threshold"] == ONLY_IF_ASKED


def test_through_a_pooler_none_is_prepared_at_all():
    asked = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'])"
    address = "postgresql://leadline@127.0.0.1/leadline"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "leadline.config.settings",
        "DATABASE_URL": f"{address}?sslmode=disable",
        DIRECT: address,
    }
    told = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True)

    assert "'prepare_threshold': None" in told.stdout, told.stderr
