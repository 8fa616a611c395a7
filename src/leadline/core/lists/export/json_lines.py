"""JSON lines: one object a row, by the names that the API uses."""

from collections.abc import Generator
from typing import BinaryIO

from leadline.core.fields import Field
from leadline.core.lists.export.exporting import NUMBERS, Exporting

AS_STORED = {*NUMBERS, "yes_no", "tags"}


def write_json_lines(exporting: Exporting, file: BinaryIO) -> Generator[int, None, None]:
    """Numbers, yes or no and tags keep their type; the rest is the text that other forms have."""
    pairs = [f"'{column.name}', to_jsonb({_value_sql(column)})" for column in exporting.columns]
    # A function takes a hundred arguments, so many columns are built by several.
    objects = [f"jsonb_build_object({', '.join(pairs[at : at + 40])})" for at in range(0, len(pairs), 40)]
    written = 0
    for rows in exporting.portions([f"({' || '.join(objects)})::text"]):
        file.write("".join(f"{row[0]}\n" for row in rows).encode())
        written += len(rows)
        yield written
    if not written:
        yield 0


def _value_sql(column: Field) -> str:
    if column.kind.key in AS_STORED and not column.exported:
        return column.sql
    return f"({column.export_sql})::text"
