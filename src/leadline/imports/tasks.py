"""The jobs of imports: a dry run over the whole file, and the run itself (ALL-8, CUS-19)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.drafts import Draft, Outcome
from leadline.core.jobs import Job, Portion, Running, after_job, job
from leadline.core.turns import Turns
from leadline.imports.actions.ending import end_check, end_import, keep_study, remove_old_files
from leadline.imports.ahead import ahead
from leadline.imports.foreseeing import Foreseeing
from leadline.imports.importables import importable
from leadline.imports.linking import link_customers
from leadline.imports.models import Import
from leadline.imports.parents import Parents, lines_of, names_parents, waiting_file, waiting_rows
from leadline.imports.reading.encodings import Repairs
from leadline.imports.reading.tables import Row, rows_of
from leadline.imports.rejected import NAME as REJECTED_FILE
from leadline.imports.rows import Batch, Reader, Rejected
from leadline.imports.studying import study_of
from leadline.imports.taking import is_known_alone, take_patiently, taking
from leadline.people.models import User

PORTION = 2_000  # more are no faster, and each takes memory three times: made ahead, waiting, written
PORTION_SIGNS = 4 << 20
MOST_PROBLEMS = 200


@job("imports.run")
def run(running: Running) -> None:
    """Write the rows of a file in portions, each exactly once; what is rejected goes to the job's file."""
    brought = _studied(running)
    by = running.by
    take = taking(brought, by)
    done = (running.cursor or {}).get("rows", 0)
    parents = Parents(brought, by.user, take) if names_parents(brought) else None
    with _batches(brought, by, after=done) as batches:
        for batch in batches:
            done += batch.rows
            with running.portion(done=batch.rows, cursor={"rows": done}) as portion:
                if importable(brought.kind).linked:
                    link_customers(batch, by.user, alone=is_known_alone(brought))
                if parents is None:
                    outcome = take_patiently(batch.drafts, take)
                else:
                    outcome, waiting = parents.taken(batch.drafts)
                    _let_wait(portion, batch, waiting, 0)
                _tell(portion, batch, outcome)
    if parents is not None:
        _take_up_waiting(running, Reader(brought, by), parents, done)


def _take_up_waiting(running: Running, reader: Reader, parents: Parents, done: int) -> None:
    """Rows that waited for their parents, in rounds; the last one finds nobody, and tells its rows."""
    at = {"round": 0, "read": 0, "taken": 0, **(running.cursor or {}), "rows": done}
    while True:
        rows = list(islice(waiting_rows(running, at["round"]), at["read"], at["read"] + PORTION))
        if rows:
            batch = reader.batch(rows)
            with running.portion(done=len(rows)) as portion:
                outcome, waiting = parents.taken(batch.drafts)
                if at.get("last"):
                    outcome.refused += [parents.given_up(draft) for draft in waiting]
                else:
                    _let_wait(portion, batch, waiting, at["round"] + 1)
                taken = len(rows) - len(waiting)
                portion.cursor = {**at, "read": at["read"] + len(rows), "taken": at["taken"] + taken}
                _tell(portion, batch, outcome)
            at = portion.cursor
        elif not at["read"] or at.get("last"):
            return
        else:
            at = {"rows": done, "round": at["round"] + 1, "read": 0, "taken": 0, "last": not at["taken"]}


def _let_wait(portion: Portion, batch: Batch, waiting: list[Draft], number: int) -> None:
    """Keep rows for a round; they are not done yet."""
    if waiting:
        portion.append(
            waiting_file(number), lines_of((draft.row, batch.cells[draft.row]) for draft in waiting)
        )
        portion.done -= len(waiting)


def _tell(portion: Portion, batch: Batch, outcome: Outcome) -> None:
    rejected = _rejected(batch, outcome)
    portion.count(**_counts(batch, outcome, rejected))
    if rejected:
        portion.append(REJECTED_FILE, _lines(rejected))


@job("imports.check")
def check(running: Running) -> None:
    """A dry run: every row is read, cleaned and compared as in the run itself, and nothing is written."""
    brought = _studied(running)
    by = running.by
    foreseeing = Foreseeing(brought, by)
    problems: list[Rejected] = []
    counts: Counter[str] = Counter()
    with _batches(brought, by, after=0) as batches:
        for batch in batches:
            with running.portion(done=batch.rows):
                if importable(brought.kind).linked:
                    link_customers(batch, by.user, alone=is_known_alone(brought))
                outcome = foreseeing.of(batch.drafts)
                rejected = _rejected(batch, outcome)
                counts.update(_counts(batch, outcome, rejected))
                problems += rejected[: MOST_PROBLEMS - len(problems)]
    for bucket, one in foreseeing.hopeless():
        counts.update({bucket: -1, "rejected": 1})
        problems += [Rejected(one.row, [], one.reason)][: MOST_PROBLEMS - len(problems)]
    with running.portion(counts=counts):
        end_check(brought, problems=[[one.number, one.cells, one.reason] for one in problems], by=by)


@app.periodic(cron="27 2 * * *")
@app.task(name="imports.remove_old_files", queueing_lock="imports.remove_old_files")
def remove_files_of_old_imports(timestamp: int) -> None:
    """Every night: files that were brought long ago are removed; what was imported, and its counts, stay."""
    remove_old_files(by=Actor(User.objects.house(), via="rule", trace="rule:old imports"))


@after_job
def import_ended(ended: Job) -> None:
    """Keep the counts with the import when its run has ended."""
    if ended.kind == "imports.run":
        brought = Import.objects.filter(job=ended).first()
        if brought:
            end_import(brought, counts=ended.counts, by=Actor(ended.created_by, via="job"))


def _studied(running: Running) -> Import:
    brought = Import.objects.get(pk=running.params["import"])
    if not brought.study:
        brought = keep_study(brought, study=study_of(brought), by=running.by)
    running.expect(brought.study["rows"])
    return brought


@contextmanager
def _batches(brought: Import, by: Actor, *, after: int) -> Iterator[Iterator[Batch]]:
    """The rows as drafts, portion by portion, made ahead where nothing has to be looked up meanwhile."""
    reader = Reader(brought, by)
    rows = rows_of(brought.table_path, brought.table_form, Repairs(), after=after)
    if reader.asks_database:
        yield (reader.batch(some) for some in _portions(rows))
    else:
        turns = Turns()
        with ahead((reader.batch(turns.taken(some)) for some in _portions(rows)), turns) as prepared:
            yield prepared


def _portions(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Some thousand rows at a time, fewer where they are long."""
    while some := list(islice(rows, 100)):
        signs = _signs(some)
        while len(some) < PORTION and signs < PORTION_SIGNS and (more := list(islice(rows, 100))):
            some += more
            signs += _signs(more)
        yield some


def _signs(rows: list[Row]) -> int:
    return sum(len(cell) for row in rows for cell in row.cells)


def _rejected(batch: Batch, outcome: Outcome) -> list[Rejected]:
    refused = [Rejected(one.row, batch.cells[one.row], one.reason) for one in outcome.refused]
    return sorted([*batch.rejected, *refused], key=lambda one: one.number)


def _counts(batch: Batch, outcome: Outcome, rejected: list[Rejected]) -> dict[str, int]:
    """Every row in just one of created, updated, skipped and rejected; unchanged and empty ones are
    skipped."""
    made = {"customers_created": len(set(outcome.made.values()))} if outcome.made else {}
    return {
        **made,
        "created": len(outcome.created),
        "updated": len(outcome.updated),
        "skipped": len(outcome.skipped) + len(outcome.unchanged) + batch.empty,
        "unchanged": len(outcome.unchanged),
        "empty": batch.empty,
        "rejected": len(rejected),
    }


def _lines(rejected: list[Rejected]) -> bytes:
    lines = (json.dumps([one.number, one.cells, one.reason], ensure_ascii=False) for one in rejected)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
