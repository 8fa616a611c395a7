"""Much at once, on a copy of the database: import, export, bulk assignment and its undo."""

import csv
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from leadline.config.bench.apart import Result, run_apart
from leadline.config.bench.copying import copy_of_the_database, environment, warm
from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import A_SECOND, SECONDS, Goal, Measured, row
from leadline.config.demo.imagining import Imagination
from leadline.core.clock import now

IMPORTED = 200_000
ASSIGNED = 100_000
HANDED_OVER = 5_000
HEADER = ("name", "email", "phone", "industry", "website", "address", "status")
MOST_MEMORY = 200


def _rate(result: Result, raw: float | None = None, note: str = "") -> Measured:
    words = (
        f"{result.rows:,} rows in {result.seconds:,.1f} s, memory {result.megabytes:,.0f} MB {note}".strip()
    )
    return Measured(result.per_second, raw=raw, note=words)


@row("Import of 200,000 customers, half of them known", Goal(8_000, A_SECOND, most=False), changes_data=True)
def importing(data: Data) -> dict[str, Measured]:
    """Skip, update and create, with validation, history, search and undo; each on a copy of its own."""
    count = min(IMPORTED, max(1000, data.customers // 5))
    found = {}
    with _file_of(count) as path:
        for mode in ("skip", "update", "create"):
            with copy_of_the_database() as address:
                warm(address)
                result = run_apart("import", str(path), mode, environment=environment(address))
                counts = ", ".join(f"{name} {number:,}" for name, number in result.told.items())
                found[mode] = _rate(result, raw=_raw_copy(address, path), note=f"({counts})")
    return found


@row("Export of all customers to CSV", Goal(60_000, A_SECOND, most=False))
def export_csv(data: Data) -> dict[str, Measured]:
    """Streamed to a file, cells defused."""
    with copy_of_the_database() as address:
        raw = _raw_export(address)
        return {"CSV": _rate(run_apart("export", "csv", environment=environment(address)), raw)}


@row("Export of all customers to XLSX", Goal(15_000, A_SECOND, most=False))
def export_xlsx(data: Data) -> dict[str, Measured]:
    """A workbook."""
    with copy_of_the_database() as address:
        return {"XLSX": _rate(run_apart("export", "xlsx", environment=environment(address)))}


@row(
    "Bulk assignment of 100,000 customers, and its undo",
    Goal(10_000, A_SECOND, most=False),
    changes_data=True,
)
def handing_over(data: Data) -> dict[str, Measured]:
    """As a job in portions, with history and ledger; then undone."""
    count = str(min(ASSIGNED, data.customers - 1))
    with copy_of_the_database() as address:
        warm(address)
        assigned = run_apart("assign", count, environment=environment(address))
        undone = run_apart("undo", environment=environment(address))
        raw = _raw_update(address, int(count))  # last, as the versions that it leaves burden what follows
    return {"assign": _rate(assigned, raw), "undo": _rate(undone)}


@row("Handover of 5,000 customers to a team, a sheet for each", Goal(3, SECONDS), changes_data=True)
def spreading(data: Data) -> dict[str, Measured]:
    """Spread in equal shares, assigned, with history, ledger and a sheet for each new owner."""
    with copy_of_the_database() as address:
        count = min(HANDED_OVER, data.customers - 1)
        result = run_apart("handover", str(count), environment=environment(address))
    return {"handover": Measured(result.seconds, note=f"{result.rows:,} rows")}


@contextmanager
def _file_of(count: int) -> Iterator[Path]:
    """A CSV file: every second row is a customer that is here already, by its e-mail."""
    imagination = Imagination(4711, now())
    known = query(
        "SELECT name, email, phone FROM customers_customer WHERE archived_at IS NULL"
        " ORDER BY hashint8(id) LIMIT %s",
        [count // 2],
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "customers.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            for number in range(count):
                fields = imagination.company(0).fields
                if number % 2 and number // 2 < len(known):
                    fields["name"], fields["email"], fields["phone"] = known[number // 2]
                else:
                    fields["email"] = f"new{number}.{fields['email']}"
                writer.writerow([fields[name] for name in HEADER])
        yield path


def _raw_copy(address: str, path: Path) -> float:
    """Rows a second of a bare COPY of the same file into a table without an index."""
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bare (a text, b text, c text, d text, e text, f text, g text)")
        start = time.perf_counter()
        with cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(path.read_bytes())
        return cursor.rowcount / (time.perf_counter() - start)


def _raw_export(address: str) -> float:
    """Rows a second of a bare COPY to CSV."""
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        start = time.perf_counter()
        columns = "name, email, phone, industry, website, address, status, city, country, owner_id"
        with cursor.copy(
            f"COPY (SELECT {columns} FROM customers_customer ORDER BY id) TO STDOUT (FORMAT csv)"
        ) as copy:
            for _portion in copy:
                pass
        return cursor.rowcount / (time.perf_counter() - start)


def _raw_update(address: str, count: int) -> float:
    """Rows a second of one bare UPDATE, rolled back."""
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.execute(
            "UPDATE customers_customer SET owner_id = (SELECT min(id) FROM people_user)"
            " WHERE id IN (SELECT id FROM customers_customer ORDER BY id LIMIT %s)",
            [count],
        )
        taken = time.perf_counter() - start
        connection.rollback()
        return cursor.rowcount / taken
