"""What a verification found is told in the ledger."""

from leadline.core.actions import Actor, action
from leadline.core.events import publish
from leadline.governance.events import ChainVerified, FileTaken


@action
def tell_verified(*, entries: int, broken: int, seal: int, by: Actor) -> int:
    """Keep that the chain was verified up to a seal, and what came out."""
    return publish(ChainVerified(entries=entries, broken=broken, seal=seal), by=by, about=[])


@action
def tell_file_taken(job_id: int, *, kind: str, by: Actor) -> int:
    """Keep that somebody fetched the file of a job: an export, the rows that were refused (PPL-7)."""
    return publish(FileTaken(job_id=job_id, kind=kind), by=by, about=[])
