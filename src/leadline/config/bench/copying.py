"""A copy of the database, for work that would change it for good; gone again afterwards."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection, connections
from psycopg import sql

COPY = "leadline_bench"
PATIENCE = 30  # seconds
# What much at once reads and writes, and a server that has worked for a while has in its memory.
IN_MEMORY = ("customers_customer", "customers_pulse", "core_search_document_customer")
_INDEXES = """
SELECT coalesce(pg_get_expr(i.indpred, i.indrelid), 'true'),
       ARRAY(SELECT pg_get_indexdef(i.indexrelid, place, true) FROM generate_series(1, i.indnkeyatts) place)
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
 WHERE i.indrelid = %s::regclass AND a.amname = 'btree'
"""


@contextmanager
def copy_of_the_database() -> Iterator[str]:
    """The address of a copy; nobody else may be connected to the original while it is made."""
    of = connections["default"].settings_dict
    name, host, port, user, password = (str(of[key]) for key in ("NAME", "HOST", "PORT", "USER", "PASSWORD"))
    connections.close_all()
    if connection.settings_dict.get("OPTIONS", {}).get("pool"):
        connection.close_pool()  # type: ignore[attr-defined]
    with psycopg.connect(
        host=host,
        port=port or None,
        user=user or None,
        password=password or None,
        dbname="postgres",
        autocommit=True,
    ) as server:
        _drop(server)
        _copy(server, name)
        try:
            yield f"postgresql://{user}:{password}@/{COPY}?host={host}&port={port}"
        finally:
            _drop(server)


def _copy(server: psycopg.Connection, name: str) -> None:
    """Wait a little for others to leave, as the server's vacuum does soon and a running Leadline does not."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    until = time.monotonic() + PATIENCE
    while True:
        try:
            server.execute(statement.format(sql.Identifier(COPY), sql.Identifier(name)))
            return
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > until:
                raise RuntimeError("The database is in use; stop Leadline to measure this.") from None
            time.sleep(0.5)


def warm(address: str) -> None:
    """Let the server read customers and their indexes: of a copy just made, nothing is in its memory yet."""
    with psycopg.connect(address) as server:
        server.execute("SET enable_sort = off; SET enable_bitmapscan = off")
        for table in IN_MEMORY:
            server.execute("SET enable_seqscan = on; SET enable_indexscan = off")
            server.execute(f"SELECT count(*) FROM (SELECT * FROM {table} OFFSET 0) read")
            server.execute("SET enable_seqscan = off; SET enable_indexscan = on")
            for where, keys in server.execute(_INDEXES, [table]).fetchall():
                ordered = f"WHERE {where} ORDER BY {', '.join(keys)}"
                server.execute(f"SELECT count(*) FROM (SELECT FROM {table} {ordered} OFFSET 0) read")


def environment(address: str) -> dict[str, str]:
    """What a command needs to work on the copy."""
    return {**os.environ, "DATABASE_URL": address}


def _drop(server: psycopg.Connection) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(COPY)))
