"""Kill web workers, the queue's worker and the database under writes; nothing may be lost or doubled.

`python -m tests.operation.killing --kills 50` is `make crash-test`; the suite runs a few. Writers make
customers through the API with an idempotency key each, and ask again with it until they are answered. In
turns with that they send events of the platform, each known by its own id (PLT-2).
"""

import argparse
import http.client
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil
import psycopg

from leadline.core.postgres import Server
from tests.operation.running import PATIENCE, leadline, serving, told

WRITERS = 4
EVENTS = 3
KINDS = ("web", "queue", "database")


@dataclass
class Outcome:
    """What the writers were told, and what is there in the end."""

    answered: dict[str, int] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    asked_again: int = 0
    other: Counter = field(default_factory=Counter)
    killed: Counter = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    checks: list[dict] = field(default_factory=list)

    @property
    def wrong(self) -> list[dict]:
        """The checks that found something."""
        return [check for check in self.checks if not check["ok"]]


def run(kills: int, *, seed: int, pause: tuple[float, float] = (0.0, 1.0)) -> Outcome:
    """Kill so many times under writes; the present LEADLINE_DATA is used, and must be empty."""
    dice, outcome, done = random.Random(seed), Outcome(), threading.Event()
    token = _set_up()
    with serving() as (supervisor, port):
        writers = [
            threading.Thread(target=_write, args=[number, port, token, outcome, done])
            for number in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        for turn in range(kills):
            _until_answers_come(outcome)
            time.sleep(dice.uniform(*pause))
            kind = KINDS[turn % len(KINDS)]
            if kill(kind, supervisor, dice):
                outcome.killed[kind] += 1
        _until_answers_come(outcome)
        done.set()
        for writer in writers:
            writer.join(PATIENCE * 2)
        _settle()
    _compare(outcome)
    outcome.checks = json.loads(leadline("check", "--json").stdout.strip().splitlines()[-1])["checks"]
    return outcome


def _set_up() -> str:
    told(leadline("migrate", "--json"))
    done = leadline(
        "user", "create", "--email", "ada@example.com", "--role", "administrator", "--password-stdin",
        typed="a long pass phrase\n",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return str(told(leadline("token", "create", "--user", "ada@example.com", "--json"))["token"])


def _write(number: int, port: int, token: str, outcome: Outcome, done: threading.Event) -> None:
    turn = 0
    while not done.is_set():
        turn += 1
        key = f"writer-{number}-{turn}"
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        body = json.dumps({"name": f"Customer {key}", "email": f"{key}@example.com"})
        answer = _answered("customers", port, body, {**headers, "Idempotency-Key": key}, outcome)
        if answer is not None:
            outcome.answered[key] = answer["id"]
        events = [_deposit(f"{key}-{place}", number) for place in range(EVENTS)]
        answer = _answered("events", port, json.dumps(events), headers, outcome)
        if answer is not None:
            assert answer["accepted"] + answer["duplicates"] == EVENTS, answer
            outcome.sent += [event["id"] for event in events]


def _deposit(event_id: str, number: int) -> dict:
    """An event that leaves its mark on rows, sums and counts."""
    paid = {"amount": "1", "currency": "EUR", "method": "card"}
    moment = datetime.now(UTC).isoformat()
    return {"id": event_id, "kind": "deposit", "time": moment, "user": {"id": f"writer-{number}"}, **paid}


def _answered(path: str, port: int, body: str, headers: dict[str, str], outcome: Outcome) -> dict | None:
    """What was answered in the end; None where it was refused or nobody answered."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("POST", f"/api/v1/{path}", body, headers)
            response = connection.getresponse()
            answer = response.read()
            if response.status in (200, 201):
                return dict(json.loads(answer))
            outcome.other[response.status] += 1
            if response.status < 500:
                return None
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        outcome.asked_again += 1
        time.sleep(0.1)
    outcome.other["given up"] += 1
    return None


def kill(kind: str, supervisor: psutil.Process, dice: random.Random) -> bool:
    """Kill one process of a kind; whether there was one."""
    victims = list(_victims(kind, supervisor))
    if not victims:
        return False
    try:
        os.kill(dice.choice(victims), signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _victims(kind: str, supervisor: psutil.Process) -> Iterator[int]:
    if kind == "database":
        pid = Server(Path(os.environ["LEADLINE_DATA"])).pid()
        if pid:
            yield pid
            # A backend that dies takes all others with it, as the server can't trust the memory they share.
            yield from (child.pid for child in psutil.Process(pid).children())
        return
    for child in supervisor.children(recursive=True):
        try:
            is_queue = "leadline.config.serving.queue" in " ".join(child.cmdline())
        except psutil.Error:
            continue
        if is_queue == (kind == "queue"):
            yield child.pid


def _until_answers_come(outcome: Outcome) -> None:
    """Writes go on again: each writer was answered once more, on average."""
    before, until = len(outcome.answered), time.monotonic() + PATIENCE
    while len(outcome.answered) < before + WRITERS and time.monotonic() < until:
        time.sleep(0.1)


def _settle() -> None:
    """Wait for the queue to be worked off, and for what dead workers had in hand to be taken up."""
    until = time.monotonic() + PATIENCE * 2
    while time.monotonic() < until:
        with database() as connection:
            (left,) = connection.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
                " AND coalesce(scheduled_at, now()) <= now()"
            ).fetchone()
        if not left:
            return
        time.sleep(0.2)


def _compare(outcome: Outcome) -> None:
    server = Server(Path(os.environ["LEADLINE_DATA"]))
    server.start()
    with database() as connection:
        there = Counter(email for (email,) in connection.execute("SELECT email FROM customers_customer"))
        events = Counter(
            dict(
                connection.execute(
                    "SELECT s.subject_id, count(*) FROM core_event e JOIN core_event_subject s"
                    " ON s.event_id = e.id AND s.at = e.at WHERE s.kind = 'customer'"
                    " AND e.name ILIKE '%added%' GROUP BY 1"
                )
            )
        )
        _compare_events(outcome, connection)
    for key, customer_id in outcome.answered.items():
        count = there[f"{key}@example.com"]
        if count == 0:
            outcome.lost.append(key)
        if count > 1 or events[customer_id] != 1:
            outcome.doubled.append(f"{key}: {count} rows, {events[customer_id]} events")


def _compare_events(outcome: Outcome, connection: psycopg.Connection) -> None:
    """Each event that was answered is there once, with its payment; counts and sums say the same."""
    ours = "event_id LIKE 'writer-%'"
    told = Counter(
        key for (key,) in connection.execute(f"SELECT event_id FROM platform_platformevent WHERE {ours}")
    )
    paid = Counter(
        key for (key,) in connection.execute(f"SELECT event_id FROM platform_payment WHERE {ours}")
    )
    outcome.lost += [key for key in outcome.sent if not told[key] or not paid[key]]
    outcome.doubled += [key for key in told if told[key] > 1 or paid[key] != told[key]]
    sums = connection.execute(
        "SELECT sum(pulse.deposits), sum(paid.amount)"
        "  FROM platform_platformuser u JOIN platform_platformpulse pulse ON pulse.user_id = u.id"
        "  JOIN platform_depositedsum paid ON paid.user_id = u.id WHERE u.external_id LIKE 'writer-%'"
    ).fetchone()
    if sums is None or {*sums} != {len(told)}:
        outcome.doubled.append(f"{len(told)} deposits; counted, added up: {sums}")


@contextmanager
def database() -> Iterator[psycopg.Connection]:
    """A connection to the database of the present LEADLINE_DATA."""
    with Server(Path(os.environ["LEADLINE_DATA"])).connect() as connection:
        yield connection


def main() -> None:
    """Run it in a folder of its own, and tell the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="leadline-kills-", dir="/tmp") as folder:
        os.chmod(folder, 0o711)
        os.environ["LEADLINE_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        outcome = run(asked.kills, seed=asked.seed)
        Server(Path(folder)).stop()
    sys.stdout.write(
        f"{sum(outcome.killed.values())} kills {dict(outcome.killed)} in {time.monotonic() - start:.0f} s:"
        f" {len(outcome.answered):,} writes answered, {outcome.asked_again:,} asked again,"
        f" {len(outcome.lost)} lost, {len(outcome.doubled)} doubled, other answers {dict(outcome.other)},"
        f" checks that found something: {outcome.wrong or 'none'}\n"
    )
    sys.exit(bool(outcome.lost or outcome.doubled or outcome.wrong))


if __name__ == "__main__":
    main()
