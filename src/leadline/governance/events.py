"""What happened to the audit itself."""

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class LegalHoldSet(Event):
    """A person must not be erased for a time (PPL-8)."""

    wording = _("set a legal hold")

    until: date | None = None


@dataclass(frozen=True)
class LegalHoldLifted(Event):
    """A legal hold ended before its day (PPL-8)."""

    wording = _("lifted the legal hold")


@dataclass(frozen=True)
class ErasureRequested(Event):
    """The erasure of a person was asked for (PPL-8)."""

    wording = _("asked for the erasure of this person")

    erasure_id: int


@dataclass(frozen=True)
class ErasureWithdrawn(Event):
    """An erasure that was asked for will not be done (PPL-8)."""

    wording = _("took back the erasure of this person")

    erasure_id: int


@dataclass(frozen=True)
class PersonErased(Event):
    """A person was erased; nothing of it can be brought back (PPL-8)."""

    wording = _("erased this person")

    erasure_id: int


@dataclass(frozen=True)
class DoubtfulFileDecided(Event):
    """Somebody decided on a file of others that names an erased person, or could (PPL-8)."""

    wording = _("decided on file %(file_id)s, which may name this person")

    erasure_id: int
    file_id: int
    erased: bool


@dataclass(frozen=True)
class PersonReported(Event):
    """All that is held about a person was gathered (PPL-8)."""

    wording = _("gathered all that is held about this person")

    job_id: int


@dataclass(frozen=True)
class KeyRotated(Event):
    """A new key closes what is new from now on (PPL-8)."""

    wording = _("put the new key %(key_id)s into use")

    key_id: str


@dataclass(frozen=True)
class KeyRetired(Event):
    """A key that closed nothing any more left the ring (PPL-8)."""

    wording = _("took the key %(key_id)s out of the ring")

    key_id: str


@dataclass(frozen=True)
class SensitiveChanged(Event):
    """Sensitive fields of a record were changed; what they hold stands nowhere else (PPL-8)."""

    wording = _("changed the sensitive fields %(fields)s")

    kind_changed: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class RetentionCarriedOut(Event):
    """A rule of retention archived records, or made them anonymous (PPL-8)."""

    wording = _("by the rule of retention %(rule_id)s: %(deed)s, %(count)s records")

    rule_id: int
    deed: str
    count: int
