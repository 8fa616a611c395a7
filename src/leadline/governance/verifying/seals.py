"""The chain of the seals themselves."""

from django.db.models import QuerySet

from leadline.governance.chain.hashing import START, UnknownKey, keys_named
from leadline.governance.chain.stretches import said_by
from leadline.governance.models import Seal
from leadline.governance.verifying.report import Report

WHERE = "seal"


def verify_seals(report: Report, *, head: str) -> list[Seal]:
    """All seals in order, without their ids and marks, each looked at; what is wrong is in the report."""
    seals: list[Seal] = []
    before, number, known = START, 0, not head
    for seal in _in_order().iterator(chunk_size=50):
        if seal.number != number + 1:
            report.found(
                WHERE, number + 1, "removed", f"The seals {number + 1} to {seal.number - 1} are gone."
            )
        elif _hash_of(report, seal, before) not in (None, bytes(seal.hash)):
            report.found(WHERE, seal.number, "altered", f"Seal {seal.number} does not say what it said.")
        before, number = bytes(seal.hash), seal.number
        known = known or before.hex() == head.lower()
        seal.ids = seal.marks = b""  # read again where a stretch does not come out
        seals.append(seal)
    report.head = before.hex() if seals else ""
    if not known:
        words = "The head that was kept is not in the chain: its end was cut off, or made anew."
        report.found(WHERE, number or None, "truncated", words)
    return seals


def _in_order() -> QuerySet[Seal]:
    return Seal.objects.order_by("number")


def _hash_of(report: Report, seal: Seal, before: bytes) -> bytes | None:
    try:
        return keys_named(seal.key).sealed(before, said_by(seal))
    except UnknownKey:
        words = f"Seal {seal.number} was made with the key {seal.key}, which is not in the ring."
        report.found(WHERE, seal.number, "unknown", words)
        return None
