"""Up to where a ledger is settled (`core.settling`)."""

from leadline.core import settling
from leadline.core.settling import PATIENCE
from leadline.governance.chain.ledgers import Ledger

__all__ = ["PATIENCE", "settled_up_to"]


def settled_up_to(ledger: Ledger, *, patience: float = PATIENCE) -> int | None:
    """The highest id below which nothing can appear any more; None when a writer did not end in time."""
    return settling.settled_up_to(ledger.table, patience=patience)
