"""Whether the database already fits this code: asked at each start, without loading the framework."""

import hashlib
import importlib.util
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from leadline.core.postgres import connection_settings

PACKAGE = Path(__file__).resolve().parent.parent


def is_current() -> bool:
    """Whether the last migration was run by this very code, with these libraries, this month (UTC)."""
    with connect() as connection:
        try:
            row = connection.execute("select fingerprint from leadline_installed").fetchone()
        except psycopg.errors.UndefinedTable:
            return False
    return row is not None and row[0] == fingerprint()


def connect() -> psycopg.Connection:
    """A connection of its own to the database of this installation, outside of any transaction."""
    address = connection_settings()
    return psycopg.connect(
        host=address["HOST"] or None,
        port=address["PORT"] or None,
        user=address["USER"] or None,
        password=address["PASSWORD"] or None,
        dbname=address["NAME"],
        autocommit=True,
        **{"connect_timeout": 10, **address["OPTIONS"]},
    )


def fingerprint() -> str:
    """A digest of our code, the installed libraries and the month, for which partitions are made."""
    digest = hashlib.sha256(datetime.now(UTC).strftime("%Y-%m").encode())
    for module in sorted(PACKAGE.rglob("*.py")):
        if "tests" not in module.parts:
            digest.update(f"{module.relative_to(PACKAGE)}\0".encode())
            digest.update(module.read_bytes())
    for library in sorted(_libraries().glob("*.dist-info")):
        digest.update(library.name.encode())
    return digest.hexdigest()


def _libraries() -> Path:
    spec = importlib.util.find_spec("django")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("django")
    return Path(spec.origin).parent.parent
