"""Sealing: what is settled is hashed in order and closed (PPL-7)."""

from datetime import date
from typing import Any

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.governance.actions.marking import mark_records
from leadline.governance.chain.alone import alone_with_the_chain
from leadline.governance.chain.hashing import START, Keys, current_keys, taken_apart, without_id
from leadline.governance.chain.ledgers import HISTORY, Ledger
from leadline.governance.chain.stretches import packed, said_by
from leadline.governance.models import Redaction, Seal
from leadline.governance.queries.seals import sealed_up_to

MOST = 50_000  # ids from the first entry of a stretch on: what one transaction seals


@action
def seal_stretch(ledger: Ledger, *, settled: int, by: Actor) -> int:
    """Seal the next stretch of a ledger below `settled`, month by month; returns how many ids are left below.

    Nothing may appear below `settled` any more (`settled_up_to`). Of two at once, one waits.
    """
    alone_with_the_chain()
    after = sealed_up_to(ledger)
    first = ledger.first_above(after, settled)
    if first is None:
        return 0
    up_to = min(settled, first - 1 + MOST)
    keys = current_keys()
    touched: dict[str, set[int]] = {}
    for month in ledger.months_between(after, up_to):
        _seal_month(ledger, month, after, up_to, keys, touched, by)
    for kind, ids in touched.items():
        mark_records(kind, ids=ids, by=by)
    return settled - up_to


@action
def add_seal(*, by: Actor, **said: Any) -> Seal:
    """Put a seal at the end of the chain; call it alone."""
    last = Seal.objects.order_by("-number").only("number", "hash").first()
    keys = current_keys()
    seal = Seal(**said, number=last.number + 1 if last else 1, key=keys.id, at=now())
    seal.hash = keys.sealed(bytes(last.hash) if last else START, said_by(seal))
    seal.save(force_insert=True)
    return seal


def _seal_month(
    ledger: Ledger, month: date, after: int, up_to: int, keys: Keys, touched: dict[str, set[int]], by: Actor
) -> None:
    erased = dict(
        Redaction.objects.filter(ledger=ledger.name, entry_id__gt=after, entry_id__lte=up_to)
        .order_by("event_id")
        .values_list("entry_id", "digest")
    )
    last = Seal.objects.filter(ledger=ledger.name, month=month).order_by("-number").only("value").first()
    value = bytes(last.value) if last else START
    ids, marks = [], []
    for line in ledger.read(month, after, up_to):
        entry_id, head, payload = taken_apart(line)
        digest = bytes(erased[entry_id]) if entry_id in erased else keys.payload_digest(payload)
        value = keys.entry(value, head, digest)
        ids.append(entry_id)
        marks.append(keys.marked(without_id(head) + b"\t" + digest))
        if ledger is HISTORY:
            _note(touched, head)
    add_seal(
        by=by,
        ledger=ledger.name,
        month=month,
        from_id=after,
        to_id=up_to,
        count=len(ids),
        value=value,
        ids=packed(ids),
        marks=b"".join(marks),
    )


def _note(touched: dict[str, set[int]], head: bytes) -> None:
    """Which business record an entry of history is about."""
    _actor, _via, _id, _at, kind, record_id, *_rest = head.split(b"\t", 6)
    touched.setdefault(kind.decode(), set()).add(int(record_id))
