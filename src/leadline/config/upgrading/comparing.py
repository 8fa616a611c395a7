"""Comparing what a database held before a migration with what it holds after it."""

from collections.abc import Mapping
from decimal import Decimal

from leadline.config.tallying import Tally
from leadline.config.upgrading.report import Difference

GONE, VERSION = "gone", "version"


def compare(before: Mapping[str, Tally], after: Mapping[str, Tally]) -> list[Difference]:
    """What is not as it was; more rows are harmless, as migrations may bring some."""
    return [found for table in sorted(before) for found in _of_table(table, before[table], after.get(table))]


def _of_table(table: str, before: Tally, after: Tally | None) -> list[Difference]:
    if after is None:
        return [Difference(table, "table", f"{before.rows:,} rows", GONE, harmless=before.rows == 0)]
    found = []
    if before.rows != after.rows:
        more = after.rows > before.rows
        found.append(Difference(table, "rows", f"{before.rows:,}", f"{after.rows:,}", harmless=more))
    for column, total in before.sums.items():
        now = after.sums.get(column, GONE)
        if now != total:
            # With more rows a sum is another one; that of an empty column may go; who edits a record counts
            # its version up, and a migration does so too.
            edited = column == VERSION and now != GONE and Decimal(now) > Decimal(total)
            harmless = after.rows > before.rows or edited or (now == GONE and total == "0")
            found.append(Difference(table, f"sum of {column}", total, now, harmless=harmless))
    return found
