"""Naming the entry at which a stretch does not come out, by the ids and marks that its seal kept."""

from leadline.governance.chain.hashing import Keys, keys_named, taken_apart, without_id
from leadline.governance.chain.ledgers import Ledger
from leadline.governance.chain.redactions import Erased, digest_after_erasure
from leadline.governance.chain.stretches import marks_of
from leadline.governance.models import Seal
from leadline.governance.verifying.report import Report


def name_the_break(report: Report, ledger: Ledger, seal: Seal, erased: Erased) -> None:
    """Tell which entries of a stretch are altered, removed, put in, or changed places."""
    keys = keys_named(seal.key)
    were = marks_of(Seal.objects.only("ids", "marks").get(number=seal.number))
    there = _present(ledger, seal, keys, erased)
    count = report.count
    gone = [each for each in were if each not in there]
    new = [each for each in there if each not in were]
    altered = [each for each in were if each in there and there[each] != were[each]]
    moved = {mark: each for each in (*gone, *altered) if (mark := were[each])}
    for each in sorted({*gone, *new, *altered}):
        came_from = moved.get(there.get(each, b""))
        if came_from is not None and came_from != each:
            _tell(report, ledger, each, "reordered", f"holds what entry {came_from} held")
        elif each in gone and were[each] in there.values():
            continue  # it is told where it stands now
        elif each in gone:
            _tell(report, ledger, each, "removed", "is gone")
        elif each in new:
            _tell(report, ledger, each, "inserted", "was put in among sealed ones")
        else:
            _tell(report, ledger, each, "altered", _how(each, erased))
    if report.count == count:
        words = f"The entries up to {seal.to_id} of {ledger.name} do not come out as seal {seal.number} says."
        report.found(ledger.name, seal.from_id + 1, "altered", words)


def _present(ledger: Ledger, seal: Seal, keys: Keys, erased: Erased) -> dict[int, bytes]:
    found = {}
    for line in ledger.read(seal.month, seal.from_id, seal.to_id):
        entry_id, head, payload = taken_apart(line)
        digest = keys.payload_digest(payload)
        if entry_id in erased:
            digest = digest_after_erasure(erased[entry_id], payload, digest)
        found[entry_id] = keys.marked(without_id(head) + b"\t" + digest)
    return found


def _how(entry_id: int, erased: Erased) -> str:
    return "is not what was left of it when it was erased" if entry_id in erased else "is not what it was"


def _tell(report: Report, ledger: Ledger, entry_id: int, what: str, words: str) -> None:
    report.found(ledger.name, entry_id, what, f"Entry {entry_id} of {ledger.name} {words}.")
