"""How far the chain reaches."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, Sum

from leadline.core.events.models import EventRecord
from leadline.governance.chain.ledgers import LEDGERS, Ledger
from leadline.governance.chain.records import Records
from leadline.governance.events import ChainVerified, RecordsMarked
from leadline.governance.models import Seal


@dataclass(frozen=True)
class ChainStatus:
    """Up to when it is sealed, how many entries, and the last verification with what it found."""

    head: str
    seals: int
    sealed_at: datetime | None
    entries: int
    verified_at: datetime | None
    broken: int


def sealed_up_to(ledger: Ledger) -> int:
    """The highest id that a seal of the ledger covers; 0 when there is none."""
    return Seal.objects.filter(ledger=ledger.name).aggregate(top=Max("to_id"))["top"] or 0


def head() -> Seal | None:
    """The last seal: its hash stands for all before."""
    return Seal.objects.defer("ids", "marks").order_by("-number").first()


def chain_status() -> ChainStatus:
    """The state of the chain for its page: two queries and a sum over the seals of each month."""
    last = head()
    verified = EventRecord.objects.filter(name=ChainVerified.name()).order_by("-at").first()
    return ChainStatus(
        head=bytes(last.hash).hex() if last else "",
        seals=last.number if last else 0,
        sealed_at=last.at if last else None,
        entries=sum(_entries(ledger) for ledger in LEDGERS),
        verified_at=verified.at if verified else None,
        broken=verified.payload.get("broken", 0) if verified else 0,
    )


def _entries(ledger: str) -> int:
    found = Seal.objects.filter(ledger=ledger).aggregate(
        there=Sum("count", filter=Q(rule="")), gone=Sum("count", filter=~Q(rule=""))
    )
    return (found["there"] or 0) - (found["gone"] or 0)


def marked_since(records: Records) -> datetime | None:
    """Since when all rows of a kind, with the columns that it has now, carry marks."""
    told = EventRecord.objects.filter(
        name=RecordsMarked.name(), payload__kind_marked=records.kind, payload__shape=records.shape
    )
    return told.order_by("-at").values_list("at", flat=True).first()
