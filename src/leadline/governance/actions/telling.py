"""What a verification found is told in the ledger."""

from leadline.core.actions import Actor, action
from leadline.core.events import publish
from leadline.governance.events import ChainVerified


@action
def tell_verified(*, entries: int, broken: int, seal: int, by: Actor) -> int:
    """Keep that the chain was verified up to a seal, and what came out."""
    return publish(ChainVerified(entries=entries, broken=broken, seal=seal), by=by, about=[])
