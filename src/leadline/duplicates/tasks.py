"""The job that scans, and when it runs by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.history import HistoryEntry
from leadline.core.jobs import Running, job
from leadline.core.jobs.running import Portion
from leadline.core.refusals import RuleBroken
from leadline.core.settling import settled_up_to
from leadline.customers.likeness.features import PARTS
from leadline.customers.models import Contact, Customer
from leadline.duplicates import actions
from leadline.duplicates.actions.starting import KINDS
from leadline.duplicates.models import SCAN, Scan
from leadline.duplicates.scanning import records
from leadline.people.models import User

TAKEN, COMPARED, CHANGED = 10_000, 20_000, 500  # records of a portion
HISTORY = "core_history"
_COUNTED: dict[str, Any] = {"customer": Customer, "contact": Contact}


@job(SCAN)
def scan(running: Running) -> None:
    """Scan one kind after the other; each step is a portion, so a killed scan goes on where it was."""
    at = running.cursor or {"kind": 0, "step": "begin"}
    kinds = running.params.get("kinds") or KINDS
    if running.cursor is None:
        running.expect(sum(_COUNTED[kind].objects.current().count() for kind in kinds))
    for place in range(at["kind"], len(kinds)):
        _scan_kind(running, kinds[place], place, at if at["kind"] == place else {"step": "begin"})


def _scan_kind(running: Running, kind: str, place: int, at: dict) -> None:
    if at["step"] == "begin" or _is_lost(at, kind):
        at = _begin(running, kind, place)
    scan = Scan.objects.get(pk=at["scan"])
    further = {"kind": place + 1, "step": "begin"}
    try:
        (_full if scan.is_full else _changes)(running, scan, at)
        with _portion(running, scan, cursor=further):
            (actions.keep_pairs if scan.is_full else actions.number_groups)(scan, by=running.by)
            actions.end_scan(scan, by=running.by)
    except _TakenOver:
        with running.portion(cursor=further):
            pass


def _is_lost(at: dict, kind: str) -> bool:
    """Whether what a scan wrote down is gone, as the database stopped uncleanly."""
    scan = Scan.objects.get(pk=at["scan"])
    return records.is_empty(kind) and (bool(scan.records) or not scan.is_full)


def _begin(running: Running, kind: str, place: int) -> dict:
    settled = settled_up_to(HISTORY)
    with running.portion() as portion:
        records.hold(kind)
        full = bool(running.params.get("full")) or _needs_all(kind)
        since = None if full else Scan.objects.filter(kind=kind, ended_at__isnull=False).latest("pk").settled
        # Where somebody writes for long, the next scan looks at the same changes again.
        upto = since if settled is None else settled
        begun = actions.begin_scan(kind, is_full=full, settled=upto, job=running.id, by=running.by)
        portion.cursor = {"kind": place, "scan": begun.pk, "step": "take", "after": 0, "since": since}
    return portion.cursor


def _full(running: Running, scan: Scan, at: dict) -> None:
    while at["step"] == "take":
        with _portion(running, scan) as portion:
            portion.done, last = actions.take_records(scan, after=at["after"], limit=TAKEN, by=running.by)
            at = {**at, "after": last} if last else {**at, "step": "index"}
            portion.cursor = at
    if at["step"] == "index":
        at = {**at, "step": PARTS[0], "after": None}
        with _portion(running, scan, cursor=at):
            records.finish(scan.kind)
    while at["step"] in PARTS:
        with _portion(running, scan) as portion:
            part = at["step"]
            last = actions.compare_records(scan, part, after=at["after"], limit=COMPARED, by=running.by)
            following = (*PARTS, "keep")[PARTS.index(part) + 1]
            at = {**at, "after": last} if last is not None else {**at, "step": following, "after": None}
            portion.cursor = at


def _changes(running: Running, scan: Scan, at: dict) -> None:
    """Only records that changed since the scan before, by the history; in the order of their ids."""
    changed = HistoryEntry.objects.filter(kind=scan.kind, pk__gt=at["since"])
    while at["step"] == "take":
        ids = list(
            changed.filter(record_id__gt=at["after"])
            .order_by("record_id")
            .values_list("record_id", flat=True)
            .distinct()[:CHANGED]
        )
        with _portion(running, scan, done=len(ids)) as portion:
            if ids:
                actions.look_again(scan, ids, by=running.by)
            at = {**at, "after": ids[-1]} if len(ids) == CHANGED else {**at, "step": "number"}
            portion.cursor = at


def _needs_all(kind: str) -> bool:
    """Whether there is nothing to go on from: never scanned, lost, or the newest full scan did not end."""
    newest = Scan.objects.filter(kind=kind, is_full=True).order_by("-pk").first()
    if newest is None or newest.ended_at is None or records.is_empty(kind):
        return True
    return Scan.objects.filter(kind=kind, ended_at__isnull=False).latest("pk").settled is None


@contextmanager
def _portion(running: Running, scan: Scan, **how: Any) -> Iterator[Portion]:
    """A portion that only the newest scan of a kind may write, and only one at a time."""
    with running.portion(**how) as portion:
        records.hold(scan.kind)
        if Scan.objects.filter(kind=scan.kind, pk__gt=scan.pk).exists():
            raise _TakenOver
        yield portion


class _TakenOver(Exception):
    """A newer scan of the kind began: it looks at everything that this one would."""


@app.periodic(cron="20 2 * * *")
@app.task(name="duplicates.nightly", queueing_lock="duplicates.nightly")
def nightly(timestamp: int) -> None:
    """Every night: what changed since the scan before."""
    try:
        actions.start_scan(by=Actor(User.objects.house(), via="rule", trace="rule:duplicates"))
    except RuleBroken:
        return  # one is under way
