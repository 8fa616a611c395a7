"""Sealing all that is settled, stretch by stretch, each in a transaction of its own."""

from leadline.core.actions import Actor
from leadline.core.history import tracked_models
from leadline.governance.actions import mark_kind, seal_stretch
from leadline.governance.chain.ledgers import LEDGERS
from leadline.governance.chain.records import Records
from leadline.governance.chain.settling import PATIENCE, settled_up_to
from leadline.governance.queries.seals import marked_since


def seal_all(*, by: Actor, patience: float = PATIENCE) -> None:
    """Seal both ledgers as far as they are settled; where a writer takes long, that is next time."""
    for tracking in tracked_models():
        records = Records(tracking)
        if marked_since(records) is None:
            mark_kind(records, by=by)
    for ledger in LEDGERS.values():
        settled = settled_up_to(ledger, patience=patience)
        while settled is not None and seal_stretch(ledger, settled=settled, by=by) > 0:
            pass
