"""The audit: its list at the start and in the middle, telling that something was read, verifying (PPL-7)."""

import time
from urllib.parse import urlencode

from django.urls import reverse

from leadline.config.bench.browsing import fetch
from leadline.config.bench.data import Data, query
from leadline.config.bench.registry import A_SECOND, Goal, Measured, row
from leadline.config.bench.timing import measured
from leadline.core.actions import Actor
from leadline.core.lists.cursors import Cursor
from leadline.governance.actions import record_reads, seal_stretch
from leadline.governance.chain.ledgers import HISTORY
from leadline.governance.chain.settling import settled_up_to
from leadline.governance.queries.seals import sealed_up_to
from leadline.governance.verifying import verify_quickly
from leadline.people.models import User

VERIFIED = 200_000
_RAW = "SELECT * FROM core_history WHERE (at, id) < (%s, %s) ORDER BY at DESC, id DESC LIMIT 50"


@row("Audit, page of 50 entries", Goal(30))
def pages(data: Data) -> dict[str, Measured]:
    """The latest entries, and those from the middle of history on."""
    last, half = query("SELECT max(id), (min(id) + max(id)) / 2 FROM core_history")[0]
    middle = query("SELECT at, id FROM core_history WHERE id >= %s ORDER BY id LIMIT 1", [half])[0]
    latest = query("SELECT at, id + 1 FROM core_history WHERE id = %s", [last])[0]
    address, user = reverse("audit:list"), data.administrator
    deep = f"{address}?{urlencode({'after': Cursor('-at', *middle).word()})}"
    return {
        "first page": measured([fetch(user, address)], data.times, raw=[(_RAW, latest)]),
        "deep": measured([fetch(user, deep)], data.times, raw=[(_RAW, middle)]),
    }


@row("Audit, telling that fields were read", Goal(1), changes_data=True)
def telling(data: Data) -> dict[str, Measured]:
    """One event about all fifty customers of a page."""
    by = Actor(data.administrator, via="web")
    ids = [pk for (pk,) in query("SELECT id FROM customers_customer ORDER BY id LIMIT 50")]
    return {
        "a customer": measured([lambda: _tell(ids[:1], by)], data.times),
        "a page of 50": measured([lambda: _tell(ids, by)], data.times),
    }


@row("Audit, verifying", Goal(50_000, A_SECOND, most=False), changes_data=True)
def verifying(data: Data) -> dict[str, Measured]:
    """The chain and its latest entries, after sealing some as the worker does."""
    _seal(VERIFIED)
    start = time.perf_counter()
    report = verify_quickly()
    seconds = time.perf_counter() - start
    if not report.ok:
        raise RuntimeError(report.broken[0].words)
    note = f"{report.entries:,} entries in {seconds:,.1f} s"
    return {"entries": Measured(report.entries / seconds, note=note)}


def _tell(ids: list[int], by: Actor) -> object:
    return record_reads("customer", ids=ids, fields=("email", "phone"), by=by)


def _seal(entries: int) -> None:
    house = Actor(User.objects.house(), via="job")
    settled = min(settled_up_to(HISTORY) or 0, sealed_up_to(HISTORY) + entries)
    while seal_stretch(HISTORY, settled=settled, by=house) > 0:
        pass
