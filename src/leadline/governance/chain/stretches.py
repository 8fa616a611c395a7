"""What a seal says of its stretch, and what its hash is made of."""

import hashlib
import zlib
from array import array
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from leadline.governance.chain.hashing import MARK
from leadline.governance.models import Seal


def packed(ids: Iterable[int]) -> bytes:
    """Ids that grow, as the steps between them, pressed together."""
    steps, before = array("q"), 0
    for each in ids:
        steps.append(each - before)
        before = each
    return zlib.compress(steps.tobytes(), 6)


def unpacked(kept: bytes) -> list[int]:
    """The ids again."""
    steps, found, before = array("q"), [], 0
    steps.frombytes(zlib.decompress(bytes(kept)))
    for step in steps:
        before += step
        found.append(before)
    return found


def marks_of(seal: Seal) -> dict[int, bytes]:
    """Id → mark of each entry of a stretch, as it was when it was sealed."""
    marks = bytes(seal.marks)
    return {each: marks[at * MARK : (at + 1) * MARK] for at, each in enumerate(unpacked(bytes(seal.ids)))}


def said_by(seal: Seal) -> dict[str, Any]:
    """All that a seal says, as its hash takes it."""
    return {
        "number": seal.number,
        "ledger": seal.ledger,
        "month": seal.month.isoformat(),
        "from": seal.from_id,
        "to": seal.to_id,
        "count": seal.count,
        "value": bytes(seal.value),
        "ids": hashlib.sha256(seal.ids).digest(),
        "marks": hashlib.sha256(seal.marks).digest(),
        "rule": seal.rule,
        "event": seal.event_id,
        "key": seal.key,
        "at": seal.at.astimezone(UTC).isoformat(),
    }
