"""The job that scans, and when it runs by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.history import HistoryEntry
from leadline.core.jobs import Running, job
from leadline.core.jobs.running import Portion
from leadline.core.refusals import RuleBroken
from leadline.customers.models import Contact, Customer
from leadline.duplicates import actions
from leadline.duplicates.actions.starting import KINDS, SCAN
from leadline.duplicates.models import Scan
from leadline.duplicates.scanning import keys
from leadline.people.models import User

RECORDS, BLOCKS, CHANGED = 10_000, 6_000, 2_000
OVERLAP = timedelta(minutes=5)  # transactions that were under way when the scan before began
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
    if at["step"] == "begin":
        at = _begin(running, kind, place)
    scan = Scan.objects.get(pk=at["scan"])
    steps = _full(running, scan, at) if scan.is_full else _changes(running, scan, at)
    further = {"kind": place + 1, "step": "begin"}
    try:
        for _step in steps:
            pass
        with _portion(running, scan, cursor=further):
            actions.number_groups(scan, by=running.by)
            actions.end_scan(scan, by=running.by)
    except _TakenOver:
        with running.portion(cursor=further):
            pass


def _begin(running: Running, kind: str, place: int) -> dict:
    with running.portion() as portion:
        keys.hold(kind)
        full = bool(running.params.get("full")) or _needs_all(kind)
        ended = None if full else Scan.objects.filter(kind=kind, ended_at__isnull=False).latest("pk")
        begun = actions.begin_scan(kind, is_full=full, job=running.id, by=running.by)
        portion.cursor = {
            "kind": place,
            "scan": begun.pk,
            "step": "changes" if ended else "keys",
            "after": 0,
            "since": ended and (ended.started_at - OVERLAP).isoformat(),
        }
    return portion.cursor


def _full(running: Running, scan: Scan, at: dict) -> Iterator[None]:
    while at["step"] == "keys":
        with _portion(running, scan) as portion:
            done, last = actions.take_keys(scan, after=at["after"], limit=RECORDS, by=running.by)
            portion.done = done
            at = {**at, "after": last} if last else {**at, "step": "index"}
            portion.cursor = at
        yield
    if at["step"] == "index":
        at = {**at, "step": "pairs", "after": None}
        with _portion(running, scan, cursor=at):
            keys.finish(scan.kind)
    while at["step"] == "pairs":
        with _portion(running, scan) as portion:
            last = actions.compare_blocks(scan, after=at["after"], limit=BLOCKS, by=running.by)
            at = {**at, "after": last} if last is not None else {**at, "step": "groups"}
            portion.cursor = at
        yield


def _changes(running: Running, scan: Scan, at: dict) -> Iterator[None]:
    """Only records that changed since the scan before, by the history; in the order of their ids."""
    changed = HistoryEntry.objects.filter(kind=scan.kind, at__gte=at["since"], record_id__gt=at["after"])
    while at["step"] == "changes":
        ids = list(
            changed.filter(record_id__gt=at["after"])
            .order_by("record_id")
            .values_list("record_id", flat=True)
            .distinct()[:CHANGED]
        )
        with _portion(running, scan, done=len(ids)) as portion:
            if ids:
                actions.look_again(scan, ids, by=running.by)
            at = {**at, "after": ids[-1]} if len(ids) == CHANGED else {**at, "step": "groups"}
            portion.cursor = at
        yield


def _needs_all(kind: str) -> bool:
    """Whether the keys are not whole: never taken, lost, or the newest full scan did not end."""
    newest = Scan.objects.filter(kind=kind, is_full=True).order_by("-pk").first()
    return newest is None or newest.ended_at is None or keys.is_empty(kind)


@contextmanager
def _portion(running: Running, scan: Scan, **how: Any) -> Iterator[Portion]:
    """A portion that only the newest scan of a kind may write, and only one at a time."""
    with running.portion(**how) as portion:
        keys.hold(scan.kind)
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
