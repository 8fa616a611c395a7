"""`leadline import`."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from leadline.config.cli.database import operator, tell, with_database
from leadline.config.cli.jobs import run_here
from leadline.core.normalise.text import simple
from leadline.core.refusals import RuleBroken
from leadline.imports import actions
from leadline.imports.files import folder, keep_copy
from leadline.imports.models import Import
from leadline.imports.rejected import rejected_csv, rejected_page
from leadline.imports.studying import open_questions

MOST_ERRORS = 100


@with_database
def import_file(
    kind: Annotated[str, typer.Argument(help="customers, contacts, activities or leads.")],
    file: Annotated[Path, typer.Argument(help="A CSV, text, workbook or vCard file.")],
    mapping: Annotated[
        Path | None,
        typer.Option("--map", help='A JSON file: {"column of the file": "field"}; "" leaves a column out.'),
    ] = None,
    duplicates: Annotated[
        str, typer.Option(help="What to do with rows that are here already: skip, update or create.")
    ] = "skip",
    key: Annotated[
        str,
        typer.Option(help="By what they are known: email, phone, name, external_id, id or a custom key x_…."),
    ] = "",
    source: Annotated[
        str, typer.Option(help="The system that the file and its external ids come from.")
    ] = "",
    make_customers: Annotated[
        bool, typer.Option("--make-customers", help="Rows of contacts add customers that are not here yet.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the whole file and write nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line, last.")] = False,
) -> None:
    """Import a file; encoding, delimiter, header and columns are found by themselves.

    Rows that can't be taken are told with their number and reason, and kept as a file that can be mended.
    An empty cell never erases a stored value. Example: leadline import customers list.csv --duplicates update
    """
    by = operator()
    brought = actions.bring(kind, keep_copy(file), source=source, by=by)
    if mapping:
        brought = actions.map_columns(brought, mapping=_mapping(brought, mapping), by=by)
    key = key or ("id" if "id" in brought.columns.values() else "")
    brought = actions.choose_options(
        brought, on_duplicate=duplicates, key=key, make_customers=make_customers or None, by=by
    )
    if key == "id" and "id" not in brought.columns.values():
        brought = actions.map_columns(brought, mapping=_with_id(brought), by=by)
    job = run_here(actions.start_check(brought, by=by) if dry_run else actions.start_import(brought, by=by))
    brought.refresh_from_db()
    result = _result(brought, job.counts, dry_run=dry_run)
    if job.state != "done":
        sys.exit(f"leadline: {job.message or job.state}")
    tell(_sentence(result), result, as_json=as_json)


def _mapping(brought: Import, path: Path) -> dict[int, str]:
    """Column → field as the file says, by a column's name or its number from 1; the others as proposed."""
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"))
        wanted = {str(column): str(field or "") for column, field in given.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise RuleBroken(f"--map {path}: this is no JSON object of columns and fields.") from error
    places = {simple(name) or name: place for place, name in enumerate(brought.table_form.names)}
    if not any(simple(column) in places for column in wanted) and all(
        simple(field) in places for field in wanted.values()
    ):
        wanted = {column: field for field, column in wanted.items()}  # written the other way round
    chosen = {_place(brought, places, column): field for column, field in wanted.items()}
    taken = set(chosen.values())
    proposed = {place: field for place, field in brought.columns.items() if field not in taken}
    return {**proposed, **chosen}


def _place(brought: Import, places: dict[str, int], column: str) -> int:
    number = int(column) - 1 if column.isascii() and column.isdecimal() and len(column) < 6 else -1
    place = places.get(simple(column) or column, number)
    if not 0 <= place < len(brought.table_form.names):
        known = ", ".join(brought.table_form.names)
        raise RuleBroken(f"--map: the file has no column “{column}”. It has: {known}.")
    return place


def _with_id(brought: Import) -> dict[int, str]:
    """With the column called id as the key; only here is it taken, because it was asked for."""
    for place, name in enumerate(brought.table_form.names):
        if simple(name) in ("id", "leadlineid"):
            return {**brought.columns, place: "id"}
    raise RuleBroken("--key id: the file has no column “id”.")


def _result(brought: Import, counts: dict[str, int], *, dry_run: bool) -> dict[str, Any]:
    names = ("created", "updated", "skipped", "rejected", "unchanged", "empty")
    result: dict[str, Any] = {name: counts.get(name, 0) for name in names}
    result["rows"] = sum(result[name] for name in ("created", "updated", "skipped", "rejected"))
    result["customers_created"] = counts.get("customers_created", 0)
    result.update(import_id=brought.pk, dry_run=dry_run, columns=_columns(brought))
    result["notes"] = brought.study.get("repairs", [])
    result["questions"] = [
        {"column": asked.name, "why": asked.why, "examples": list(asked.examples)}
        for asked in open_questions(brought)
    ]
    if dry_run:
        result["errors"] = [{"row": number, "reason": reason} for number, _cells, reason in brought.problems]
    else:
        rejected = rejected_page(brought, limit=MOST_ERRORS)
        result["errors"] = [{"row": one.number, "reason": one.reason} for one in rejected]
        if rejected:
            result["rejected_file"] = str(_rejected_file(brought))
    return result


def _columns(brought: Import) -> dict[str, str]:
    return {brought.table_form.names[place]: field for place, field in brought.columns.items()}


def _rejected_file(brought: Import) -> Path:
    path = folder() / f"import-{brought.pk}-rejected.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(rejected_csv(brought))
    return path


def _sentence(result: dict[str, Any]) -> str:
    """The result in words, with the first problems."""
    said = "{rows} rows: {created} created, {updated} updated, {skipped} skipped, {rejected} rejected."
    lines = [("Dry run. " if result["dry_run"] else "") + said.format(**result), *result["notes"]]
    lines += [f"Row {error['row']}: {error['reason']}" for error in result["errors"][:10]]
    if "rejected_file" in result:
        lines.append(f"The rejected rows, to be mended and imported again: {result['rejected_file']}")
    return "\n".join(lines)
