"""Business rows as lines of bytes: the columns that history keeps, as COPY writes them."""

import hashlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from leadline.core.history import Tracking, tracking_of
from leadline.governance.chain.hashing import Keys
from leadline.governance.chain.ledgers import copied

BUCKET = 256  # rows whose marks stand together


@dataclass(frozen=True)
class Records:
    """The rows of one tracked kind; `shape` names the columns that their marks were made of."""

    tracking: Tracking

    @property
    def kind(self) -> str:
        """What history calls them."""
        return self.tracking.kind

    @cached_property
    def columns(self) -> list[str]:
        """The columns that history keeps, in the order of the model."""
        return [str(field.column) for field in self.tracking.columns]

    @cached_property
    def shape(self) -> str:
        """A short name of just these columns."""
        return hashlib.sha256(",".join(self.columns).encode()).hexdigest()[:12]

    @property
    def select(self) -> str:
        """The question for all rows."""
        columns = ", ".join(f'r."{column}"' for column in (self.tracking.key, *self.columns))
        return f"SELECT {columns} FROM {self.tracking.table} r"


def records_of(kind: str) -> Records | None:
    """The rows of a kind; none of a kind that the code no longer tracks."""
    try:
        return Records(tracking_of(kind))
    except KeyError:
        return None


def marked_rows(
    records: Records, keys: Keys, *, ids: Sequence[int] | None = None
) -> Iterator[tuple[int, bytes]]:
    """Id and mark of rows: of some, or of all in the order of their ids, streamed."""
    for line in lines_of(records, ids=ids):
        yield id_of(line), mark_of(records, keys, line)


def lines_of(records: Records, *, ids: Sequence[int] | None = None) -> Generator[bytes]:
    """The rows as lines of bytes, by their ids."""
    key = records.tracking.key
    where = f" WHERE r.{key} = ANY(%s)" if ids is not None else ""
    return copied(f"{records.select}{where} ORDER BY r.{key}", [list(ids)] if ids is not None else [])


def id_of(line: bytes) -> int:
    """The id that a line begins with."""
    return int(line.partition(b"\t")[0])


def mark_of(records: Records, keys: Keys, line: bytes) -> bytes:
    """The mark of a row; of no row is it the mark that says there is none."""
    mark = keys.marked(b"%b\t%b" % (records.kind.encode(), line))
    return mark if any(mark) else b"\x00\x00\x00\x01"
