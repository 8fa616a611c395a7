"""Each erasure against its event in the ledger: none is forged, none is missing."""

from itertools import groupby

from leadline.core.events.models import EventRecord
from leadline.governance.chain.hashing import UnknownKey, keys_named
from leadline.governance.chain.redactions import digest_of_redactions
from leadline.governance.events import EntriesRedacted
from leadline.governance.models import Redaction
from leadline.governance.verifying.report import Report

WHERE = "redaction"


def verify_erasures(report: Report) -> None:
    """The redactions of each erasure are just those that its event counted and hashed."""
    events = {
        event.pk: event.payload
        for event in EventRecord.objects.filter(name=EntriesRedacted.name()).iterator()
    }
    rows = Redaction.objects.order_by("event_id").values_list(
        "event_id", "ledger", "entry_id", "digest", "left"
    )
    for event_id, group in groupby(rows.iterator(), key=lambda row: row[0]):
        said = events.pop(event_id, None)
        erased = [(ledger, entry, bytes(was), bytes(left)) for _event, ledger, entry, was, left in group]
        if said is None:
            ledger, entry = erased[0][:2]
            words = f"Entry {entry} of {ledger} is said to be erased by event {event_id}, which is not there."
            report.found(WHERE, erased[0][1], "inserted", words)
        elif (words := _differs(said, erased, event_id)) != "":
            report.found(WHERE, event_id, "altered", words)
    for event_id in events:
        report.found(WHERE, event_id, "removed", f"What erasure {event_id} erased is not on record any more.")


def _differs(said: dict[str, object], erased: list[tuple[str, int, bytes, bytes]], event_id: int) -> str:
    if said["entries"] != len(erased):
        return f"Erasure {event_id} was of {said['entries']} entries; on record are {len(erased)}."
    try:
        digest = digest_of_redactions(keys_named(str(said["ring_key"])), erased)
    except UnknownKey:
        return f"Erasure {event_id} was made with the key {said['ring_key']}, which is not in the ring."
    return "" if digest == said["digest"] else f"What erasure {event_id} erased is not what is on record."
