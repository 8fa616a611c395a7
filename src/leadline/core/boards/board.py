"""What the engine has to know of a board: its columns, how cards look, how they move (WSP-3)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.fields import Viewer
from leadline.core.lists.door import Door
from leadline.core.refusals import RuleBroken
from leadline.core.requests import Request

Key = int | str
Face = Callable[[int, dict[str, Any]], str]  # id and values of `Board.beside` → the inside of a card, as HTML


@dataclass(frozen=True)
class Column:
    """A column: the value by which records stand in it, its name, whether it is open.

    `limit` is how many should stand in it at most. `asks` names the address (of one record) whose dialog has
    to be answered before a card moves here.
    """

    key: Key
    label: str
    is_open: bool = True
    limit: int | None = None
    asks: str = ""


@dataclass(frozen=True)
class Into:
    """A lane into which a record is brought: the field, the value there, and the one that was seen.

    Values are words as addresses hold them: an id, a key, a text; empty for none.
    """

    field: str
    to: str
    seen: str


@dataclass(frozen=True)
class Step:
    """What is wanted of a card: from the column where it was seen to another, and perhaps another lane."""

    to: Column
    seen: Column
    into: Into | None = None


@dataclass(frozen=True)
class Board:
    """A list laid out by a field.

    `door` is the list's, in the board's space of addresses; `listed` is the space of the list. `by` names
    the field whose values (`holds`: bigint or text) are the columns' keys. Cards stand by `order`, a moment
    in SQL, the latest first; `(scope, by, order, id)` has an index in each scope. `beside` are the fields of
    a card, `face` makes its inside. `lanes` are the fields that it may be parted by. `amount` is SQL of
    what a record is worth in the organisation's currency, for sums. `move` (a request, the record's key, the
    step) fetches as the person sees, calls an action, and refuses in words when the card stands elsewhere by
    now. Lanes of the fields `in_order` stand in the order of their choices. `held` says of lanes whose field
    nobody changes by hand why that is so; `others` names the address (of one record) whose dialog gives the
    field of a lane a value that no lane shows. `around` gives the
    templates what else they show: `template` is the page, `empty` what stands there before the first record.
    """

    door: Door
    listed: str
    title: Any
    by: str
    columns: Callable[[], Sequence[Column]]
    order: str
    beside: tuple[str, ...]
    face: Callable[[Viewer], Face]
    move: Callable[[Request, int, Step], None]
    may_move: Callable[[Any], bool]
    template: str
    empty: str
    holds: str = "bigint"
    edit: str = ""
    lanes: tuple[str, ...] = ()
    in_order: tuple[str, ...] = ()
    held: Mapping[str, Any] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    amount: str = ""
    around: Callable[[Request], dict[str, Any]] = field(default=lambda _request: {})

    @property
    def kind(self) -> str:
        """The kind of its records."""
        return self.door.kind

    def column(self, word: str) -> Column:
        """The column that a form or an address names. Raises `RuleBroken` with those that there are."""
        columns = self.columns()
        for column in columns:
            if str(column.key) == word:
                return column
        known = ", ".join(str(column.label) for column in columns)
        raise RuleBroken(_("Choose one of: %(known)s.") % {"known": known}, field="to", value=word[:60])


_registered: dict[str, Board] = {}


def register_board(board: Board) -> Board:
    """Make a board known by the space of its addresses; called where it is declared."""
    _registered[board.door.space] = board
    return board


def boards() -> list[Board]:
    """All boards, in the order of their declaration."""
    return list(_registered.values())
