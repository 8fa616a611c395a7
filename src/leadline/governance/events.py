"""What happened to the audit itself."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leadline.core.events import Event


@dataclass(frozen=True)
class EntriesRedacted(Event):
    """Payloads of history or ledger were erased; the digest holds which, and what is left (PPL-8)."""

    wording = _("erased the content of %(entries)s entries of the history")

    entries: int
    digest: str
    ring_key: str
    cause: str = ""


@dataclass(frozen=True)
class MonthRemoved(Event):
    """Retention removed all entries of a month."""

    wording = _("removed %(entries)s entries of %(month)s by the rule %(rule)s")

    ledger: str
    month: str
    entries: int
    rule: str


@dataclass(frozen=True)
class ChainVerified(Event):
    """The chain over history and ledger was verified (PPL-7)."""

    wording = _("verified the chain: %(entries)s entries, %(broken)s broken")

    entries: int
    broken: int
    seal: int


@dataclass(frozen=True)
class SensitiveRead(Event):
    """Somebody read sensitive fields of records (PPL-7)."""

    wording = _("read the sensitive fields %(fields)s")

    kind_read: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class RecordsMarked(Event):
    """All rows of a kind carry marks from now on; told once for the columns that it has (PPL-7)."""

    wording = _("began to watch %(rows)s rows of %(kind_marked)s")

    kind_marked: str
    shape: str
    rows: int


@dataclass(frozen=True)
class FileTaken(Event):
    """The file that a job made was fetched (PPL-7)."""

    wording = _("fetched the file of job %(job_id)s (%(kind)s)")

    job_id: int
    kind: str
