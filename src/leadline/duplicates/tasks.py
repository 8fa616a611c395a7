"""The job that scans, and when it runs by itself."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from procrastinate.contrib.django import app

from leadline.core.actions import Actor
from leadline.core.history import HistoryEntry
from leadline.core.jobs import Running, job
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
        full = bool(running.params.get("full")) or _never_scanned(kind)
        since = (
            None if full else Scan.objects.filter(kind=kind, ended_at__isnull=False).latest("pk").started_at
        )
        with running.portion() as portion:
            begun = actions.begin_scan(kind, is_full=full, job=running.id, by=running.by)
            at = {"kind": place, "scan": begun.pk, "step": "keys" if full else "changes", "after": 0}
            at["since"] = since and (since - OVERLAP).isoformat()
            portion.cursor = at
    scan = Scan.objects.get(pk=at["scan"])
    steps = _full(running, scan, at) if scan.is_full else _changes(running, scan, at)
    for _step in steps:
        pass
    with running.portion(cursor={"kind": place + 1, "step": "begin"}):
        actions.number_groups(scan, by=running.by)
        actions.end_scan(scan, by=running.by)


def _full(running: Running, scan: Scan, at: dict) -> Iterator[None]:
    while at["step"] == "keys":
        with running.portion() as portion:
            done, last = actions.take_keys(scan, after=at["after"], limit=RECORDS, by=running.by)
            portion.done = done
            at = {**at, "after": last} if last else {**at, "step": "index"}
            portion.cursor = at
        yield
    if at["step"] == "index":
        at = {**at, "step": "pairs", "after": None}
        with running.portion(cursor=at):
            keys.finish(scan.kind)
    while at["step"] == "pairs":
        with running.portion() as portion:
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
        with running.portion(done=len(ids)) as portion:
            if ids:
                actions.look_again(scan, ids, by=running.by)
            at = {**at, "after": ids[-1]} if len(ids) == CHANGED else {**at, "step": "groups"}
            portion.cursor = at
        yield


def _never_scanned(kind: str) -> bool:
    return keys.is_empty(kind) or not Scan.objects.filter(kind=kind, ended_at__isnull=False).exists()


@app.periodic(cron="20 2 * * *")
@app.task(name="duplicates.nightly", queueing_lock="duplicates.nightly")
def nightly(timestamp: int) -> None:
    """Every night: what changed since the scan before."""
    try:
        actions.start_scan(by=Actor(User.objects.house(), via="rule", trace="rule:duplicates"))
    except RuleBroken:
        return  # one is under way
