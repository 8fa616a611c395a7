"""The embedded server: many may start it, nobody loses what was committed, no stranger is harmed (INT-7)."""

import os
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg
import pytest

from leadline.core.postgres import Server, ServerError, in_use
from leadline.core.postgres.cluster import cluster_folder
from leadline.core.postgres.locks import together


def test_the_first_start_makes_a_durable_database_that_only_we_can_reach(server: Server):
    assert server.start()
    assert not server.start()

    with server.connect() as connection:
        shown = {
            name: connection.execute(f"show {name}").fetchone()[0]
            for name in (
                "fsync",
                "full_page_writes",
                "listen_addresses",
                "server_encoding",
                "jit",
                "timezone",
            )
        }
    assert shown == {
        "fsync": "on",
        "full_page_writes": "on",
        "listen_addresses": "",
        "server_encoding": "UTF8",
        "jit": "off",
        "timezone": "UTC",
    }
    for folder in (server.data / "socket", cluster_folder(server.data)):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_of_many_who_start_at_once_one_starts_and_all_find_it_ready(server: Server):
    command = [
        sys.executable,
        "-c",
        "from leadline.core.postgres import ensure_running; print(ensure_running())",
    ]
    with ThreadPoolExecutor() as starters:
        answers = list(starters.map(lambda _: subprocess.check_output(command, text=True).strip(), range(4)))

    assert sorted(answers) == ["False", "False", "False", "True"]


def test_what_was_committed_survives_the_killing_of_the_server(server: Server):
    server.start()
    with server.connect() as connection:
        connection.execute("create table kept as select 1 as one")
    os.kill(server.pid(), signal.SIGKILL)

    assert server.start()

    with server.connect() as connection:
        assert connection.execute("select one from kept").fetchone() == (1,)


def test_a_backend_that_was_killed_costs_a_reconnect_and_no_data(server: Server):
    server.start()
    with server.connect() as connection:
        connection.execute("create table kept as select 1 as one")
        killed(connection)

    assert not server.start()

    with server.connect() as connection:
        assert connection.execute("select one from kept").fetchone() == (1,)


def test_a_server_that_recovers_is_stopped_when_that_is_done(server: Server):
    for _time in range(5):
        server.start()
        with server.connect() as connection:
            connection.execute("create table if not exists kept as select 1 as one")
            killed(connection)

        server.stop()

        assert server.pid() is None
    server.start()
    with server.connect() as connection:
        assert connection.execute("select one from kept").fetchone() == (1,)


def test_a_server_that_waits_for_its_clients_to_leave_is_stopped_all_the_same(server: Server):
    server.start()
    with server.connect():
        os.kill(server.pid(), signal.SIGTERM)

        server.stop()

        assert server.pid() is None


def test_a_server_that_does_not_stop_when_asked_is_stopped_at_once(
    server: Server, monkeypatch: pytest.MonkeyPatch
):
    server.start()
    monkeypatch.setattr("leadline.core.postgres.server.LONGEST_STOP", 0.0)
    with server.connect() as connection:
        connection.execute("create table kept as select 1 as one")

    server.stop()

    assert server.pid() is None
    server.start()
    with server.connect() as connection:
        assert connection.execute("select one from kept").fetchone() == (1,)


@pytest.mark.parametrize("file", ["postgres/postmaster.pid", "socket/.s.PGSQL.5432.lock"])
def test_a_stranger_whose_pid_stands_in_a_stale_file_is_left_alone(server: Server, file: str):
    server.start()
    server.stop()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        written = server.data / file
        written.write_text(
            f"{stranger.pid}\n{server.data / 'postgres'}\n1\n5432\n{server.data / 'socket'}\n\n"
        )
        assert server.pid() is None

        server.stop()
        assert server.start()
        server.stop()

        assert stranger.poll() is None
        stranger.kill()


def test_the_server_is_nobodys_child_and_has_a_session_of_its_own(server: Server):
    server.start()

    process = psutil.Process(server.pid())
    assert process.ppid() != os.getpid()
    assert os.getsid(process.pid) != os.getsid(0)
    assert process.uids().real != 0


def test_a_stop_is_clean_and_may_be_repeated(server: Server):
    server.start()

    server.stop()
    server.stop()

    assert server.pid() is None
    assert not list((server.data / "socket").iterdir())


def test_the_last_one_who_uses_the_server_stops_it(server: Server):
    with together(server.users):
        with in_use():
            assert server.pid() is not None
        assert server.pid() is not None

    assert server.stop_if_unused()
    assert server.pid() is None


def test_an_interrupted_first_start_is_begun_anew(server: Server):
    unfinished = server.data / "postgres.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")

    assert server.start()

    assert not unfinished.exists()


def test_an_administrators_own_settings_win(server: Server):
    server.start()
    server.stop()
    folder = cluster_folder(server.data)
    (folder / "local.conf").write_text("work_mem = '7MB'\n")
    os.chown(folder / "local.conf", folder.stat().st_uid, folder.stat().st_gid)

    server.start()

    with server.connect() as connection:
        assert connection.execute("show work_mem").fetchone() == ("7MB",)


def test_settings_that_the_server_refuses_are_told_in_its_words(server: Server):
    with pytest.raises(ServerError, match="did not start") as refused:
        Server(server.data, {"shared_buffers": "'much'"}).start()
    assert "shared_buffers" in str(refused.value)


def test_a_socket_folder_that_others_can_enter_is_refused(server: Server):
    server.start()
    server.stop()
    (server.data / "socket").chmod(0o777)

    with pytest.raises(ServerError, match="closed to others"):
        server.start()


def test_a_closed_home_folder_stays_closed_and_the_cluster_of_root_moves_out(
    data: Path, monkeypatch: pytest.MonkeyPatch
):
    """Root hands the server to a service user, who can't enter; anybody else's cluster stays in the home."""
    monkeypatch.setattr("leadline.core.postgres.cluster.FOR_ROOT", data / "elsewhere")
    home = data / "home"
    home.mkdir(mode=0o700)
    server = Server(home / "var")

    server.start()
    try:
        with server.connect() as connection:
            assert connection.execute("select 1").fetchone() == (1,)
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        outside = data / "elsewhere" if os.geteuid() == 0 else home
        assert outside in cluster_folder(server.data).parents
    finally:
        server.stop()


def killed(connection: psycopg.Connection) -> None:
    """Kill the process of a connection, and wait until the server knows."""
    process = psutil.Process(connection.info.backend_pid)
    process.kill()
    process.wait()
