"""`leadline serve`: a group of processes that starts, stays and ends together, and loses nothing (INT-7)."""

import os
import signal
import socket
from pathlib import Path

import psutil
import pytest

from leadline.config.serving.measuring import FOLDER, count_together
from leadline.core.postgres import Server
from tests.operation.running import PATIENCE, eventually, leadline, serving, status_of


def test_sigterm_ends_every_process_and_the_database(idle: Path):
    with serving() as (supervisor, _port):
        family = supervisor.children(recursive=True)
        assert len(family) >= 4, "the web server, two of its workers, the queue's worker"

        supervisor.terminate()

        assert supervisor.wait(PATIENCE) == 0
        assert not still_working(family)
        assert Server(idle).pid() is None


def test_ctrl_c_ends_every_process(idle: Path):
    with serving() as (supervisor, _port):
        family = supervisor.children(recursive=True)

        supervisor.send_signal(signal.SIGINT)

        assert supervisor.wait(PATIENCE) == 0
        assert not still_working(family)


def test_kill_9_of_the_parent_leaves_no_orphan_and_the_next_start_works(idle: Path):
    with serving() as (supervisor, _port):
        family = supervisor.children(recursive=True)
        supervisor.kill()
        eventually(lambda: not still_working(family))

    assert Server(idle).pid() is not None, "the database lives on by itself"
    with serving() as (_supervisor, port):
        assert status_of(port) == 200


def test_a_web_worker_that_is_killed_is_replaced(idle: Path):
    with serving() as (supervisor, port):
        worker = next(
            child for child in supervisor.children(recursive=True) if child.ppid() != supervisor.pid
        )
        worker.kill()
        eventually(lambda: status_of(port) == 200 and len(supervisor.children(recursive=True)) >= 4)


def test_the_queues_worker_that_is_killed_is_started_again(idle: Path):
    with serving() as (supervisor, _port):
        killed = queue_of(supervisor)
        killed.kill()
        eventually(lambda: queue_of(supervisor) not in (None, killed))


def test_a_database_that_is_killed_is_started_again_and_pages_come_back(idle: Path):
    with serving() as (_supervisor, port):
        os.kill(Server(idle).pid(), signal.SIGKILL)
        eventually(lambda: status_of(port) == 200 and Server(idle).pid() is not None)


def test_a_port_that_is_taken_is_told_before_anything_starts(data: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = leadline("serve", "--port", str(taken.getsockname()[1]))

    assert done.returncode == 1
    assert "can't listen on 127.0.0.1" in done.stderr
    assert Server(data).pid() is None


def test_a_user_and_a_token_by_command(idle: Path):
    made = leadline(
        "user", "create", "--email", "rosa@example.com", "--role", "inside-sales", "--password-stdin",
        typed="a long pass phrase\n",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr

    again = leadline(
        "user", "create", "--email", "Rosa@example.com", "--role", "inside-sales", "--password-stdin",
        typed="a long pass phrase\n",
    )  # fmt: skip
    assert again.returncode == 1
    assert again.stderr.startswith("leadline: ")
    assert "Traceback" not in again.stderr

    token = leadline("token", "create", "--user", "rosa@example.com")
    assert token.returncode == 0, token.stderr
    assert len(token.stdout.split()) == 1
    assert leadline("token", "create", "--user", "nobody@example.com").returncode == 1


def test_check_says_what_is_wrong_and_what_to_do(data: Path):
    before = leadline("check", "--json")
    assert before.returncode == 1
    assert "leadline migrate" in before.stdout

    assert leadline("migrate").returncode == 0

    after = leadline("check", "--json")
    assert after.returncode == 0, after.stdout + after.stderr
    assert '"ok": true' in after.stdout


@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "check", "user", "token"])
def test_every_command_explains_itself_without_a_database(data: Path, command: str):
    shown = leadline(command, "--help")
    assert shown.returncode == 0
    assert "Usage: leadline" in shown.stdout
    assert Server(data).pid() is None


def queue_of(supervisor: psutil.Process) -> psutil.Process | None:
    """The queue's process, while there is one."""
    working = still_working(supervisor.children())
    return next((child for child in working if "leadline.config.serving.queue" in child.cmdline()), None)


def still_working(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that have not ended; one that only waits to be buried has."""
    return [
        process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    ]


def test_two_who_serve_from_one_folder_count_apart_and_clear_only_after_the_dead(
    data: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(FOLDER, "")
    here = data / "metrics" / socket.gethostname()
    alive, dead = (here.with_name(f"{here.name}-{pid}") for pid in (os.getppid(), 2**22 + 1))
    elsewhere = data / "metrics" / "another-machine-7"
    for folder in (alive, dead, elsewhere):
        folder.mkdir(parents=True)

    count_together()

    assert Path(os.environ[FOLDER]).is_dir()
    assert (alive.exists(), dead.exists(), elsewhere.exists()) == (True, False, True)
