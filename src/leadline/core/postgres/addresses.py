"""Where the database is, as Django's DATABASES["default"] wants it."""

import hashlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from leadline.core.postgres.errors import ServerError

DATABASE = "leadline"
OWNER = "leadline"
# The kernel allows 107 bytes for a socket's path; ".s.PGSQL.5432.lock" is added to the folder.
LONGEST_SOCKET_FOLDER = 85
DIRECT = "LEADLINE_DIRECT_DATABASE_URL"
PASSED_ON = ("sslmode", "sslrootcert", "sslcert", "sslkey", "application_name", "options", "connect_timeout")


def connection_settings() -> dict[str, Any]:
    """Name, user, password, host, port and options of the database; starts nothing."""
    url = os.environ.get("DATABASE_URL", "")
    return parse_url(url) if url else embedded(data_folder())


def is_embedded() -> bool:
    """Whether the database is our own server and not one named by DATABASE_URL."""
    return not os.environ.get("DATABASE_URL")


def go_direct() -> None:
    """From here on this process reaches the database directly, where DATABASE_URL leads through a pooler.

    For what holds a session of the database: the worker (locks, listening), migrating, commands. A pooler in
    transaction mode gives every transaction another session; requests of the web need no more than that.
    """
    direct = os.environ.get(DIRECT, "")
    if not direct:
        return
    if is_embedded():
        raise ServerError(f"{DIRECT} stands beside DATABASE_URL, which leads through the pooler; set both.")
    parse_url(direct, DIRECT)
    os.environ["DATABASE_URL"] = direct


def is_pooled() -> bool:
    """Whether this process reaches the database through a pooler, one transaction at a time."""
    direct = os.environ.get(DIRECT, "")
    return bool(direct) and os.environ.get("DATABASE_URL") != direct


def data_folder() -> Path:
    """The folder of everything this installation keeps: LEADLINE_DATA, else ./var."""
    return Path(os.environ.get("LEADLINE_DATA") or "var").resolve()


def parse_url(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """Read postgresql://user:password@host:port/name?sslmode=require; ?host= may name a socket's folder."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ServerError(
            f"{variable} starts with {parts.scheme + '://' if parts.scheme else 'no scheme'}; "
            "Leadline runs on PostgreSQL: postgresql://user:password@host:5432/name"
        )
    try:
        port = parts.port
    except ValueError:
        raise ServerError(f"The port in {variable} is not a number between 1 and 65535.") from None
    query = dict(parse_qsl(parts.query))
    unknown = set(query) - {"host", "port", "user", "password", *PASSED_ON}
    if unknown:
        raise ServerError(f"{variable} has an unknown option: {', '.join(sorted(unknown))}.")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ServerError(f"{variable} names no database: postgresql://user:password@host:5432/name")
    return {
        "NAME": name,
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or query.get("password", "")),
        "HOST": unquote(parts.hostname or "") or query.get("host", ""),
        "PORT": str(port or query.get("port", "")),
        "OPTIONS": {key: query[key] for key in PASSED_ON if key in query},
    }


def embedded(data: Path) -> dict[str, Any]:
    """The embedded server of one data folder."""
    return {
        "NAME": DATABASE,
        "USER": OWNER,
        "PASSWORD": "",
        "HOST": str(socket_folder(data)),
        "PORT": "5432",
        "OPTIONS": {},
    }


def socket_folder(data: Path) -> Path:
    """Where the server listens: in the data folder, or under /tmp where that is too long for a socket."""
    beside = data / "socket"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
        return beside
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    # The folder is made 0700 and its owner is checked before anything is put in it (see cluster.py).
    return Path("/tmp") / f"leadline-{os.geteuid()}-{digest}"  # noqa: S108
