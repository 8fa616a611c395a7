"""A played week, some of it sent twice, its server killed in between: each event is stored once (PLT-2)."""

import random
import subprocess
from pathlib import Path

from tests.operation import killing
from tests.operation.running import COMMAND, PATIENCE, eventually, serving, told


def test_a_played_week_stands_once_though_its_server_is_killed(idle: Path):
    with serving() as (supervisor, port):
        words = "simulate platform --rate 40 --seconds 25 --days 7 --check --json --url"
        with subprocess.Popen(
            [*COMMAND, *words.split(), f"http://127.0.0.1:{port}"], stdout=subprocess.PIPE, text=True
        ) as play:
            eventually(events_are_there)
            assert killing.kill("web", supervisor, random.Random(7))
            output, _errors = play.communicate(timeout=PATIENCE * 2)

    played = told(subprocess.CompletedProcess(play.args, play.returncode, output, ""))
    assert played["is_well"]
    assert played["stored"] == played["sent"] > 0
    assert played["again"] > 0
    assert (played["doubled"], played["missing"], played["accepted_again"]) == (0, 0, 0)


def events_are_there() -> bool:
    """Whether the play has begun."""
    with killing.database() as connection:
        found = connection.execute("SELECT EXISTS (SELECT FROM platform_platformevent)").fetchone()
    return bool(found and found[0])
