"""Run as a program of its own, within bounds of memory: reads and writes Parquet.

It imports nothing of the house, and the house imports nothing of it: the library is loaded nowhere else. One
JSON comes by standard input, one line of JSON goes by standard output.
"""

import json
import re
import resource
import sys
from typing import Any

import duckdb

# What a month is made of; moments are microseconds on their way and UTC in the file.
_CSV = """read_csv($csv, header = false, auto_detect = false, delim = ',', quote = '"', escape = '"',
 nullstr = '\\N', columns = {'id': 'BIGINT', 'at': 'BIGINT', 'user_id': 'BIGINT', 'kind': 'VARCHAR',
            'event_id': 'VARCHAR', 'details': 'VARCHAR', 'received_at': 'BIGINT'})"""
_WRITE = f"""COPY (SELECT id, make_timestamp("at") AS "at", user_id, kind, event_id, details,
 make_timestamp(received_at) AS received_at FROM {_CSV} ORDER BY user_id, "at", id)
 TO $to (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000)"""
# The same as `queries.archives.tally_of` asks the database, so that both can be compared.
_TALLY = """SELECT count(*), coalesce(sum(('0x' || substr(md5(concat_ws('|', id, epoch_us("at"), user_id,
 kind, event_id, details, epoch_us(received_at))), 1, 15))::UBIGINT::HUGEINT), 0)::VARCHAR
 FROM read_parquet($file)"""
_ROWS = """SELECT id, epoch_us("at"), user_id, kind, event_id, details, epoch_us(received_at)
 FROM read_parquet($file)"""
_OF_USERS = """SELECT epoch_us("at") AS "at", kind, details FROM read_parquet($file)
 WHERE list_contains($users, user_id) ORDER BY "at", id"""
_NAMING = """SELECT count(*) FROM read_parquet($file)
 WHERE list_contains($users, user_id) AND (details <> '{}' OR event_id <> '')"""
_EMPTY = """COPY (SELECT id, "at", user_id, kind,
 CASE WHEN list_contains($users, user_id) THEN '' ELSE event_id END AS event_id,
 CASE WHEN list_contains($users, user_id) THEN '{}' ELSE details END AS details, received_at
 FROM read_parquet($file)) TO $to (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000)"""
MEMORY = 3 << 30  # of addresses; what is in use is bounded by the library's own limit


def main() -> None:
    """Do what the JSON asks for."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    given = json.load(sys.stdin)
    library = duckdb.connect(
        config={
            "memory_limit": "512MB",
            "threads": "1",
            "temp_directory": given.pop("scratch"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
    )
    print(json.dumps(DEEDS[given.pop("do")](library, given)))


def write(library: Any, given: dict[str, Any]) -> None:
    """A file of the rows in `csv`."""
    library.execute(_named(_WRITE, given))


def tally(library: Any, given: dict[str, Any]) -> list[Any]:
    """How many rows a file has, and what their digests come to."""
    return list(library.execute(_named(_TALLY, given)).fetchone())


def rows(library: Any, given: dict[str, Any]) -> None:
    """The rows of a file into a `csv`."""
    library.execute(
        _named(f"COPY ({_ROWS}) TO $to (FORMAT csv, HEADER false, NULLSTR '\\N', QUOTE '\"')", given)
    )


def of_users(library: Any, given: dict[str, Any]) -> list[Any]:
    """What a file tells of some users."""
    return [list(row) for row in library.execute(_named(_OF_USERS, given)).fetchall()]


def empty(library: Any, given: dict[str, Any]) -> int:
    """Another file, in which nothing is told of some users; returns of how many rows; for none, no file."""
    count = library.execute(_named(_NAMING, given)).fetchone()[0]
    if count:
        library.execute(_named(_EMPTY, given))
    return int(count)


def _named(statement: str, given: dict[str, Any]) -> str:
    """Paths are ours and keys are numbers; COPY takes neither as a parameter."""
    written = {
        name: "'" + value.replace("'", "''") + "'"
        if isinstance(value, str)
        else str([int(key) for key in value])
        for name, value in given.items()
    }
    return re.sub(r"\$([a-z]+)", lambda found: written[found[1]], statement)


DEEDS = {"write": write, "tally": tally, "rows": rows, "of_users": of_users, "empty": empty}

if __name__ == "__main__":
    main()
