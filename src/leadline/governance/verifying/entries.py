"""The entries of a ledger against its seals, month by month, streamed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date

from django.db import connection

from leadline.governance.chain.hashing import START, Keys, UnknownKey, keys_named, taken_apart
from leadline.governance.chain.ledgers import EVENTS, HISTORY, Ledger, month_after
from leadline.governance.chain.redactions import Erased, digest_after_erasure
from leadline.governance.models import Redaction, Seal
from leadline.governance.verifying.naming import name_the_break
from leadline.governance.verifying.report import Report

OUTSIDE = b"\\N\t\t"  # no actor, no door: written by nobody who came through Leadline
STEP = 100_000
LOWEST = -(2**63)  # an id below one was never given, so it was put in


def verify_months(
    report: Report, ledger: Ledger, seals: list[Seal], sealed: int, *, latest: int | None = None
) -> None:
    """Every month of a ledger that has seals or entries; with `latest`, only the last few stretches."""
    by_month: dict[date, list[Seal]] = {}
    for seal in seals:
        by_month.setdefault(seal.month, []).append(seal)
    recent = {seal.number for seal in seals[-latest:]} if latest else None
    months = (
        by_month if recent else dict.fromkeys(sorted({*by_month, *ledger.months_between(LOWEST, sealed)}))
    )
    for month in months:
        of_month = by_month.get(month, [])
        if of_month and of_month[-1].rule:
            _is_gone(report, ledger, of_month[-1])
        elif recent is None:
            _Month(report, ledger, month, sealed).walk(of_month)
        elif chosen := [seal for seal in of_month if seal.number in recent]:
            start = of_month[of_month.index(chosen[0]) - 1] if chosen[0] is not of_month[0] else None
            _Month(report, ledger, month, sealed, start).walk(chosen)
    if recent is None:
        report.unsealed += _count(ledger, f"id > {sealed}")


class _Month:
    """Walks through the entries of a month and closes one stretch after the other."""

    def __init__(
        self, report: Report, ledger: Ledger, month: date, sealed: int, start: Seal | None = None
    ) -> None:
        self.report, self.ledger, self.month, self.sealed = report, ledger, month, sealed
        self.value = bytes(start.value) if start else START
        self.count = self.subjects = 0
        self.after = start.to_id if start else LOWEST
        self.torn: list[Seal] = []
        self.keys: Keys | None = None

    def walk(self, seals: list[Seal]) -> None:
        """All of it; what is torn is looked at again afterwards, by its ids and marks."""
        waiting = iter(seals)
        seal = self._next(waiting)
        erased = self._erased()
        for entry_id, head, payload in self._entries(self.sealed):
            while seal is not None and entry_id > seal.to_id:
                self._close(seal)
                seal = self._next(waiting)
            if seal is None or entry_id <= seal.from_id:
                self._put_in(entry_id)
            elif self.keys is not None:
                self._chain(self.keys, entry_id, head, payload, erased)
        while seal is not None:
            self._close(seal)
            seal = self._next(waiting)
        for torn in self.torn:
            name_the_break(self.report, self.ledger, torn, erased)
        if self.ledger is EVENTS and self.after == LOWEST:
            self._look_for_subjects_of_nothing()

    def _entries(self, up_to: int) -> Iterator[tuple[int, bytes, bytes]]:
        with closing(self.ledger.read(self.month, self.after, up_to)) as lines:
            for line in lines:
                yield taken_apart(line)

    def _chain(self, keys: Keys, entry_id: int, head: bytes, payload: bytes, erased: Erased) -> None:
        digest = keys.payload_digest(payload)
        if entry_id in erased:
            digest = digest_after_erasure(erased[entry_id], payload, digest)
        self.value = keys.entry(self.value, head, digest)
        self.count += 1
        self.report.entries += 1
        if self.ledger is HISTORY:
            if head.startswith(OUTSIDE):
                self.report.outside += 1
        else:
            self.subjects += subjects_in(head)
        if not self.report.entries % STEP:
            self.report.progress(self.ledger.name, self.report.entries)

    def _close(self, seal: Seal) -> None:
        if self.keys is not None and (self.value != bytes(seal.value) or self.count != seal.count):
            self.torn.append(seal)
        self.value, self.count = bytes(seal.value), 0

    def _next(self, seals: Iterator[Seal]) -> Seal | None:
        seal = next(seals, None)
        try:
            self.keys = keys_named(seal.key) if seal else None
        except UnknownKey:
            self.keys = None  # the seals were told of it
        return seal

    def _put_in(self, entry_id: int) -> None:
        words = f"Entry {entry_id} of {self.ledger.name} was put in where all was sealed already."
        self.report.found(self.ledger.name, entry_id, "inserted", words)

    def _erased(self) -> Erased:
        rows = Redaction.objects.filter(ledger=self.ledger.name).order_by("event_id")
        return {
            entry: (bytes(digest), bytes(left), key)
            for entry, digest, left, key in rows.values_list("entry_id", "digest", "left", "key").iterator()
        }

    def _look_for_subjects_of_nothing(self) -> None:
        bounds: list[date | int] = [self.month, month_after(self.month), self.sealed]
        where = (
            "s.at >= %s::timestamp AT TIME ZONE 'UTC' AND s.at < %s::timestamp AT TIME ZONE 'UTC'"
            " AND s.event_id <= %s"
        )
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM core_event_subject s WHERE {where}", bounds)
            if cursor.fetchone()[0] == self.subjects:
                return
            cursor.execute(
                f"SELECT s.event_id, s.kind, s.subject_id FROM core_event_subject s WHERE {where}"
                " AND NOT EXISTS (SELECT 1 FROM core_event e WHERE e.id = s.event_id AND e.at = s.at)"
                " ORDER BY 1, 2, 3 LIMIT 20",
                bounds,
            )
            for event_id, kind, subject_id in cursor.fetchall():
                words = f"{kind} {subject_id} is said to be in event {event_id}, which is not there."
                self.report.found("subject", event_id, "inserted", words)


def subjects_in(head: bytes) -> int:
    """How many subjects the line of an event names."""
    named = head.rpartition(b"\t")[2]
    return 0 if named == b"\\N" else named.count(b",") + 1


def _is_gone(report: Report, ledger: Ledger, seal: Seal) -> None:
    """A month that a rule removed is empty, and the event that says so is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_event WHERE id = %s", [seal.event_id])
        told = cursor.fetchone()[0]
        if not told:
            words = f"Rule {seal.rule} removed {seal.month:%Y-%m}, but its event {seal.event_id} is gone."
            report.found(ledger.name, seal.event_id, "removed", words)
        bounds = [seal.month, month_after(seal.month)]
        cursor.execute(
            f"SELECT min(id) FROM {ledger.table} WHERE at >= %s::timestamp AT TIME ZONE 'UTC'"
            " AND at < %s::timestamp AT TIME ZONE 'UTC'",
            bounds,
        )
        first = cursor.fetchone()[0]
    if first is not None:
        words = f"Entry {first} of {ledger.name} stands in {seal.month:%Y-%m}, which was removed whole."
        report.found(ledger.name, first, "inserted", words)


def _count(ledger: Ledger, where: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {ledger.table} WHERE {where}")
        return int(cursor.fetchone()[0])
