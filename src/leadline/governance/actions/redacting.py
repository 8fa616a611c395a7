"""Erasing the content of entries, so that the chain still holds (PPL-8)."""

from collections.abc import Iterable, Sequence

from django.db import connection

from leadline.core.actions import Actor, action
from leadline.core.clock import now
from leadline.core.events import publish
from leadline.core.refusals import RuleBroken
from leadline.governance.chain.alone import alone_with_the_chain
from leadline.governance.chain.hashing import NOTHING, current_keys, keys_named
from leadline.governance.chain.ledgers import HISTORY, Ledger, copied
from leadline.governance.chain.redactions import digest_of_redactions
from leadline.governance.events import EntriesRedacted
from leadline.governance.models import Redaction

# What stands for an erased value: history keeps pairs, the ledger plain values.
_HISTORY_ERASED = "'[null,null]'::jsonb"
_EVENT_ERASED = "'null'::jsonb"


@action
def redact(
    ledger: Ledger,
    entries: Sequence[int],
    *,
    because: str,
    names: Iterable[str] | None = None,
    by: Actor,
) -> int | None:
    """Erase values from the payloads of entries for good; returns the event of it, None for nothing erased.

    `ledger` is `HISTORY` (columns of `changes`) or `EVENTS` (fields of `payload`). `names` are the columns or
    fields to erase, all of them without. `because` is the cause as a trace: `erasure:12`. The whole set costs
    a few statements, whatever its size. The original's digest is kept, so `leadline audit verify` still
    proves the rest of each entry, and finds a payload that was emptied without this function (PPL-7, PPL-8).
    """
    alone_with_the_chain()
    ids = sorted(set(entries))
    before = _digests(ledger, ids)
    _erase(ledger, list(before), None if names is None else list(names))
    left = _digests(ledger, list(before))
    keys = current_keys()
    original = dict(
        Redaction.objects.filter(ledger=ledger.name, entry_id__in=before)
        .order_by("event_id")
        .values_list("entry_id", "digest")
    )
    rows = [
        (entry, bytes(original.get(entry, before[entry][0])), left[entry][1])
        for entry in before
        if before[entry][1] != left[entry][1]
    ]
    if not rows:
        return None
    digest = digest_of_redactions(keys, [(ledger.name, *row) for row in rows])
    event = publish(
        EntriesRedacted(entries=len(rows), digest=digest, ring_key=keys.id, cause=because), by=by, about=[]
    )
    at = now()
    Redaction.objects.bulk_create(
        [
            Redaction(ledger=ledger.name, entry_id=e, event_id=event, digest=d, left=kept, key=keys.id, at=at)
            for e, d, kept in rows
        ],
        batch_size=5000,
    )
    return event


def _digests(ledger: Ledger, ids: list[int]) -> dict[int, tuple[bytes, bytes]]:
    """Entry → the digest of its payload by the key it is sealed with, and by the present key."""
    present = current_keys()
    sealed_by = _keys_of_seals(ledger, ids)
    found: dict[int, tuple[bytes, bytes]] = {}
    sql = f"SELECT id, {ledger.payload} FROM {ledger.table} WHERE id = ANY(%s) ORDER BY id"
    for line in copied(sql, [ids]):
        word, _tab, payload = line.partition(b"\t")
        if payload == NOTHING:
            continue
        entry = int(word)
        named = sealed_by[entry]
        keys = keys_named(named) if named else present
        found[entry] = (keys.payload_digest(payload), present.payload_digest(payload))
    return found


def _keys_of_seals(ledger: Ledger, ids: list[int]) -> dict[int, str | None]:
    """Entry → the key of the seal over it, by index; None for one that is not sealed yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry.id, (SELECT seal.key FROM governance_seal seal"
            " WHERE seal.ledger = %s AND seal.rule = '' AND seal.to_id >= entry.id"
            " ORDER BY seal.to_id LIMIT 1) FROM unnest(%s::bigint[]) AS entry(id)",
            [ledger.name, ids],
        )
        return dict(cursor.fetchall())


def _erase(ledger: Ledger, ids: list[int], names: list[str] | None) -> None:
    if names is not None and not all(isinstance(name, str) for name in names):
        raise RuleBroken("names are texts", field="names")
    erased = _HISTORY_ERASED if ledger is HISTORY else _EVENT_ERASED
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {ledger.table} SET {ledger.payload} = (SELECT coalesce(jsonb_object_agg(key,"
            f" CASE WHEN %(names)s::text[] IS NULL OR key = ANY(%(names)s) THEN {erased} ELSE value END),"
            " '{}')"
            f" FROM jsonb_each({ledger.payload})) WHERE id = ANY(%(ids)s) AND {ledger.payload} IS NOT NULL",
            {"names": names, "ids": ids},
        )
