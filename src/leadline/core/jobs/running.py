"""A job while it runs: its portions, each of which happens exactly once."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from leadline.core.actions import Actor, acting
from leadline.core.custom.joining import STAMP_SQL, heed_stamp
from leadline.core.jobs.files import append, path_of
from leadline.core.jobs.models import Job

# A portion's commit does not wait for the disk: after a power failure the last ones may be missing, whole and
# with their cursor, and are done again. What is told as done is not lost: the commit that ends the job waits,
# and takes all before it along. New documents are gathered longer before they go into the index of trigrams:
# each trigram's list is then opened once for thousands of them.
_ASK = f"""
SELECT cancel_requested, {STAMP_SQL}, set_config('synchronous_commit', 'off', true),
       set_config('gin_pending_list_limit', '32MB', true)
  FROM core_job WHERE id = %s
"""
stopping = threading.Event()  # set when the worker was asked to stop; running jobs end after their portion


class Cancelled(Exception):
    """The job was asked to stop by a person."""


class Interrupted(Exception):
    """The worker was asked to stop; another one goes on."""


class Overtaken(Exception):
    """Another worker wrote this portion; what was done here is rolled back."""


class Portion:
    """What one portion adds to a job; written with the portion's own changes."""

    def __init__(self, job: Job, done: int, counts: Mapping[str, int], cursor: Any):
        self.done = done
        self.counts = dict(counts)
        self.cursor = cursor
        self.files: dict[str, int] = {}
        self._job = job

    def count(self, **counts: int) -> None:
        """Add to the counts that the person sees: `portion.count(created=12, skipped=3)`."""
        for name, number in counts.items():
            self.counts[name] = self.counts.get(name, 0) + number

    def append(self, name: str, content: bytes) -> None:
        """Write to the end of one of the job's files; a portion that is rolled back leaves nothing in it."""
        length = self.files.get(name, self._job.files.get(name, 0))
        self.files[name] = append(path_of(self._job, name), content, after=length)


class Running:
    """A job as its function sees it."""

    def __init__(self, job: Job):
        self._job = job
        self.id: int = job.pk
        self.params: dict[str, Any] = job.params

    @property
    def by(self) -> Actor:
        """Who asked for it, through the door it was asked by, tied to the job and its change set."""
        job = self._job
        return Actor(job.created_by, via=job.via, trace=f"job:{job.pk}", change_set=job.change_set_id)  # type: ignore[arg-type]

    @property
    def cursor(self) -> Any:
        """Where the next portion starts; none before the first."""
        return self._job.cursor

    @property
    def counts(self) -> dict[str, int]:
        return dict(self._job.counts)

    @property
    def done(self) -> int:
        return self._job.done

    def expect(self, total: int) -> None:
        """Say how much there is to do, for the progress bar."""
        Job.objects.filter(pk=self.id).update(total=total)
        self._job.total = total

    def result(self, name: str) -> None:
        """Offer one of the job's files for download when it has ended."""
        Job.objects.filter(pk=self.id).update(result_file=name)
        self._job.result_file = name

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of one of the job's files, as far as finished portions wrote them."""
        path, left = path_of(self._job, name), self._job.files.get(name, 0)
        if not left:
            return
        with path.open("rb") as file:
            while left > 0 and (line := file.readline()):
                left -= len(line)
                yield line

    @contextmanager
    def portion(
        self, *, done: int = 0, counts: Mapping[str, int] | None = None, cursor: Any = None
    ) -> Iterator[Portion]:
        """One transaction with its progress: after a crash it happened whole, with its cursor, or not at all.

        A cursor of None leaves the cursor as it is. Ends the job here when somebody cancelled it.
        """
        with transaction.atomic(), acting(self.by):
            self._stop_if_asked()
            portion = Portion(self._job, done, counts or {}, cursor)
            yield portion
            new_counts = _added(self._job.counts, portion.counts)
            self._write(portion, new_counts)
        job = self._job
        job.done, job.counts, job.portions = job.done + portion.done, new_counts, job.portions + 1
        job.files = {**job.files, **portion.files}
        job.cursor = job.cursor if portion.cursor is None else portion.cursor

    def _stop_if_asked(self) -> None:
        if stopping.is_set():
            raise Interrupted
        with connection.cursor() as cursor:
            cursor.execute(_ASK, [self.id])
            (cancelled, stamp, *_settings) = cursor.fetchone()
        heed_stamp(stamp)
        if cancelled:
            raise Cancelled

    def _write(self, portion: Portion, counts: dict[str, int]) -> None:
        cursor = self._job.cursor if portion.cursor is None else portion.cursor
        with connection.cursor() as database:
            database.execute(
                "UPDATE core_job SET done = done + %s, counts = %s, cursor = %s, files = %s,"
                " portions = portions + 1 WHERE id = %s AND portions = %s AND state = 'running'",
                [
                    portion.done,
                    json.dumps(counts),
                    None if cursor is None else json.dumps(cursor),
                    json.dumps({**self._job.files, **portion.files}),
                    self.id,
                    self._job.portions,
                ],
            )
            if database.rowcount != 1:
                raise Overtaken


def _added(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}
