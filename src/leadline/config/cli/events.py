"""`leadline events`."""

import csv
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from leadline.config.cli.database import operator, tell, with_database
from leadline.core.actions import Actor
from leadline.core.refusals import RuleBroken
from leadline.platform.actions import count_anew, ingest_events
from leadline.platform.actions.archiving import month_named, require_archivable
from leadline.platform.actions.ingesting import MOST, Refused
from leadline.platform.archiving.months import into_file, out_of_file
from leadline.platform.models import ArchivedMonth, UsageDay
from leadline.platform.reading import rows_of_csv, rows_of_lines
from leadline.platform.usage import bring_up_to_date, is_counted

MOST_ERRORS = 100

app = typer.Typer(help="What happened on the platform.", no_args_is_help=True)


@app.callback()
def events() -> None:
    pass


@app.command()
@with_database
def load(
    file: Annotated[Path, typer.Argument(help="JSON lines (.jsonl, .ndjson, .json) or CSV with a header.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line, last.")] = False,
) -> None:
    """Take in a file of events, a thousand at a time; loaded twice, each counts once.

    A line is an event as the API takes it; a CSV has the columns id, kind, time, user_id, user_email … and
    one for each detail. Bad ones are told with their line; the others are kept.

    Example: leadline events load events.jsonl --json
    """
    result: dict[str, Any] = {"events": 0, "accepted": 0, "duplicates": 0, "rejected": 0, "errors": []}
    by = operator()
    for batch in _batches(_rows(file)):
        _take(batch, result, by)
    words = "{events} events: {accepted} accepted, {duplicates} known already, {rejected} rejected."
    lines = [words.format(**result)]
    lines += [f"Event {error['event']}: {error['message']}" for error in result["errors"][:10]]
    tell("\n".join(lines), result, as_json=as_json)


@app.command()
@with_database
def count_usage(
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line, last.")] = False,
) -> None:
    """Count the usage of the platform anew from its events: all days of all users. Safe to repeat.

    It is kept up to date by itself; this is for after something was changed past the product.

    Example: leadline events count-usage
    """
    by = operator()
    count_anew(by=by)
    while not is_counted():
        bring_up_to_date(by=by)
    days = UsageDay.objects.count()
    tell(f"{days} days of use were counted.", {"days": days}, as_json=as_json)


@app.command()
@with_database
def archive(
    month: Annotated[str, typer.Argument(help="The month, such as 2030-12.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line, last.")] = False,
) -> None:
    """Write the events of a month to a Parquet file, read it back, and take them out of the database.

    What `Settings → The platform` does each night for months that are older than those that are to stay.

    Example: leadline events archive 2025-03
    """
    day, by = month_named(month), operator()
    require_archivable(day, by=by)
    _tell_archive("{events} events of {month} are in {file} now.", into_file(day, by=by), as_json)


@app.command()
@with_database
def restore(
    month: Annotated[str, typer.Argument(help="An archived month, such as 2030-12.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line, last.")] = False,
) -> None:
    """Bring the events of an archived month back into the database, for thirty days. Its file stays.

    Example: leadline events restore 2025-03
    """
    day, by = month_named(month), operator()
    known = ArchivedMonth.objects.filter(month=day).first()
    if known is None:
        raise RuleBroken(f"There is no archive of {month}.", field="month", value=month)
    _tell_archive("{events} events of {month} are in the database again.", out_of_file(known, by=by), as_json)


def _tell_archive(words: str, found: ArchivedMonth, as_json: bool) -> None:
    result = {
        "month": str(found),
        "events": found.rows,
        "bytes": found.size,
        "sha256": found.sha256,
        "file": str(found.path),
    }
    tell(words.format(**result), result, as_json=as_json)


def _take(batch: list[Any], result: dict[str, Any], by: Actor) -> None:
    before = result["events"]
    taken = ingest_events(batch, by=by)
    result["events"] += len(batch)
    result["accepted"] += taken.accepted
    result["duplicates"] += taken.duplicates
    result["rejected"] += len(taken.refused)
    room = MOST_ERRORS - len(result["errors"])
    result["errors"] += [_told(refused, before) for refused in taken.refused[: max(room, 0)]]


def _told(refused: Refused, before: int) -> dict[str, Any]:
    rule = refused.rule
    place = before + refused.index + 1
    return {"event": place, "id": refused.id, "field": rule.field, "message": rule.message}


def _rows(file: Path) -> Iterator[Any]:
    try:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            yield from rows_of_csv(lines) if file.suffix.lower() == ".csv" else rows_of_lines(lines)
    except (OSError, csv.Error) as error:
        raise RuleBroken(f"{file}: {error}") from error


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while batch := list(itertools.islice(rows, MOST)):
        yield batch
