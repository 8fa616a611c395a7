"""Sealing all that is settled, stretch by stretch, each in a transaction of its own."""

from leadline.core.actions import Actor
from leadline.core.history import tracked_models
from leadline.governance.actions import begin_marking, end_marking, mark_portion, seal_stretch
from leadline.governance.chain.ledgers import LEDGERS
from leadline.governance.chain.records import Records
from leadline.governance.chain.settling import PATIENCE, settled_up_to
from leadline.governance.queries.seals import marked_since


def seal_all(*, by: Actor, patience: float = PATIENCE) -> None:
    """Seal both ledgers as far as they are settled; where a writer takes long, that is next time."""
    for tracking in tracked_models():
        records = Records(tracking)
        if marked_since(records) is None:
            _mark(records, by)
    for ledger in LEDGERS.values():
        settled = settled_up_to(ledger, patience=patience)
        while settled is not None and seal_stretch(ledger, settled=settled, by=by) > 0:
            pass


def _mark(records: Records, by: Actor) -> None:
    """Mark all rows of a kind, portion by portion; broken off, it begins anew the next time.

    Who changes a row meanwhile leaves an entry, and sealing that marks the row again.
    """
    begin_marking(records, by=by)
    rows, above = 0, 0
    while marked := mark_portion(records, above=above, by=by):
        rows, above = rows + len(marked), marked[-1]
    end_marking(records, rows=rows, by=by)
