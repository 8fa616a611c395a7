"""A board as one person sees it at one address: columns with totals, cards, lanes; and what it was made from.

Beside the words of a list an address keeps `lanes` (a field), `more` (`3:50,4:75`: so many cards of a column)
and `open` (closed columns that are shown), so that each state can be shared, reloaded and asked for again.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from leadline.core.boards.board import Board, Column, Key
from leadline.core.boards.finding import (
    IN_LANES,
    LANES_LOOK_AT,
    MOST_CARDS,
    MOST_LANES,
    Found,
    Total,
    cards_of,
    lanes_of,
    totals_of,
)
from leadline.core.fields import Field
from leadline.core.lists.addresses import where_word
from leadline.core.lists.counts import Count
from leadline.core.lists.filters import with_part
from leadline.core.lists.page import finding_of
from leadline.core.lists.showing import Shown, shown_list
from leadline.core.requests import Request

CARDS = 25
CARRIED = ("lanes", "more", "open")


@dataclass(frozen=True)
class Card:
    """A record on a board; `values` by the names of fields, as they are shown; None where hidden."""

    id: int
    at: Any
    values: dict[str, Any]


@dataclass(frozen=True)
class Pile:
    """A column, or its part in one lane: cards, and how many there are."""

    column: Column
    count: Count
    cards: Sequence[Card]
    worth: Any = None
    is_shut: bool = False
    toggle: str = ""  # the board with this column opened or shut
    more: str = ""  # the board with more cards of this column
    listed: str = ""  # the list of all that stands here

    @property
    def key(self) -> Key:
        """The key of its column."""
        return self.column.key

    @property
    def is_over(self) -> bool:
        """Whether more stand here than should."""
        return self.column.limit is not None and self.count.value > self.column.limit


@dataclass(frozen=True)
class Lane:
    """A row of the board: the records with one value of a field; without a field all of them."""

    label: str
    count: Count | None
    piles: Sequence[Pile]
    key: str = ""


@dataclass
class LaidOut:
    """A board at an address."""

    board: Board
    shown: Shown
    columns: Sequence[Column]
    totals: dict[Key, Total] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)

    @cached_property
    def fields(self) -> list[Field]:
        """The fields of a card, as far as the person sees them."""
        seen = {each.name: each for each in self.board.door.about.visible_to(self.shown.user)}
        return [seen[name] for name in self.board.beside if name in seen]

    @cached_property
    def carried(self) -> dict[str, str]:
        """What the address keeps beside the words of a list."""
        return dict(self.shown.address.carried)

    @cached_property
    def lane(self) -> Field | None:
        """The field that the board is parted by, as far as the person sees it."""
        return lane_of(self.board, self.shown)

    @property
    def held(self) -> str:
        """Why nobody brings a card into another lane; empty where that is done."""
        return str(self.board.held.get(self.lane.name, "")) if self.lane else ""

    @cached_property
    def opened(self) -> set[str]:
        """The closed columns that are shown."""
        return {word for word in self.carried.get("open", "").split(",") if word}

    @cached_property
    def wanted(self) -> dict[str, int]:
        """Of which columns more cards are shown than at first, and how many."""
        pairs = [part.partition(":") for part in self.carried.get("more", "").split(",")]
        return {
            key: min(int(most), MOST_CARDS)
            for key, _colon, most in pairs
            if most.isascii() and most.isdigit() and len(most) < 5
        }

    def is_shut(self, column: Column) -> bool:
        """Whether a column stands as a strip; closed ones do until somebody opens them."""
        return not column.is_open and str(column.key) not in self.opened

    @property
    def shown_keys(self) -> list[Key]:
        """The columns whose cards are shown."""
        return [column.key for column in self.columns if not self.is_shut(column)]

    @cached_property
    def piles(self) -> list[Pile]:
        """All columns, with the cards where there are no lanes."""
        cards: dict[Key, list[Card]] = {}
        for key, card_id, at, *values in () if self.lane else self.found:
            cards.setdefault(key, []).append(self._card(card_id, at, values))
        return [self._pile(column, cards.get(column.key, [])) for column in self.columns]

    @cached_property
    def lanes(self) -> list[Lane]:
        """The rows of the board: one, or one for each value: the fullest first (or by the order of its
        choices), those without last."""
        if self.lane is None:
            return [Lane("", None, self.piles)]
        parted: dict[Any, dict[Key, list[Found]]] = {}
        for row in self.found:
            parted.setdefault(row[3], {}).setdefault(row[0], []).append(row)
        lanes = [self._lane(value, rows) for value, rows in parted.items()]
        lanes.sort(key=lambda each: (each.key == "", -(each.count.value if each.count else 0), each.label))
        if self.lane.name in self.board.in_order:
            places = {str(key): place for place, (key, _label) in enumerate(self.lane.choices)}
            lanes.sort(key=lambda each: places.get(each.key, len(places)))
        return lanes

    @property
    def lanes_left(self) -> int:
        """How many lanes there are beyond those shown."""
        return max(self.found[0][5] - MOST_LANES, 0) if self.lane and self.found else 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in any column."""
        return not any(total.count.value for total in self.totals.values())

    @property
    def lane_choices(self) -> list[tuple[str, str, bool]]:
        """By what the board may be parted: label, address, whether it is so now."""
        known = {each.name: each for each in self.board.door.about.visible_to(self.shown.user)}
        named = [(name, str(known[name].label)) for name in self.board.lanes if name in known]
        now = self.lane.name if self.lane else ""
        return [
            (label, self.shown.address.to(lanes=name), name == now)
            for name, label in [("", _("No lanes")), *named]
        ]

    @cached_property
    def fingerprint(self) -> str:
        """What a page shows, in one word: the same as long as nothing on it changed."""
        totals = [(key, total.count.value, str(total.worth)) for key, total in self.totals.items()]
        about = repr((totals, self.found, [(column.label, column.limit) for column in self.columns]))
        return hashlib.blake2b(about.encode(), digest_size=12).hexdigest()

    @cached_property
    def _names(self) -> list[str]:
        return [each.name for each in self.fields]

    def _card(self, card_id: int, at: Any, values: Sequence[Any]) -> Card:
        told = dict.fromkeys(self.board.beside) | dict(zip(self._names, values, strict=True))
        return Card(card_id, at, told)

    def _pile(self, column: Column, cards: list[Card]) -> Pile:
        total = self.totals.get(column.key, Total(Count(0, exact=True)))
        word, address = str(column.key), self.shown.address
        opened = self.opened ^ {word}
        most = self.wanted.get(word, CARDS)
        left = not self.lane and len(cards) >= most and total.count.value > len(cards)
        wanted = {**self.wanted, word: min(most + CARDS, MOST_CARDS)}
        more = ",".join(f"{key}:{count}" for key, count in sorted(wanted.items()))
        return Pile(
            column,
            total.count,
            cards,
            total.worth,
            is_shut=self.is_shut(column),
            toggle="" if column.is_open else address.to(open=",".join(sorted(opened))),
            more=address.to(more=more) if left and most < MOST_CARDS else "",
            listed=self._listed(column) if left else "",
        )

    def _listed(self, column: Column) -> str:
        """The list of what stands in a column."""
        part = {"field": self.board.by, "op": "in", "value": [column.key]}
        where = where_word(with_part(self.shown.asking.where, part, field=self.board.by))
        return listed_address(self, where=where)

    def _lane(self, value: Any, by_column: dict[Key, list[Found]]) -> Lane:
        assert self.lane is not None
        piles = []
        for column in self.columns:
            rows = by_column.get(column.key, [])
            cards = [self._card(row[1], row[2], row[6 : 6 + len(self.fields)]) for row in rows]
            piles.append(
                Pile(
                    column, self._count_in_lane(column, rows), cards[:IN_LANES], is_shut=self.is_shut(column)
                )
            )
        shown = next(iter(by_column.values()))[0][6 + len(self.fields)]
        label = self.lane.show(shown, self.shown.viewer) if value not in (None, "") else ""
        many = sum(pile.count.value for pile in piles)
        exact = all(pile.count.exact for pile in piles)
        nobody = _("Without: %(field)s") % {"field": self.lane.label}
        return Lane(label or nobody, Count(many, exact), piles, key="" if not label else str(value))

    def _count_in_lane(self, column: Column, rows: list[Found]) -> Count:
        """Exact where lanes were made of all that stands in the column."""
        total = self.totals[column.key].count
        return Count(rows[0][4] if rows else 0, exact=total.exact and total.value <= LANES_LOOK_AT)


def lane_of(board: Board, shown: Shown) -> Field | None:
    """The field that an address parts a board by, as far as the person sees it."""
    name = dict(shown.address.carried).get("lanes", "")
    if name not in board.lanes:
        return None
    return next((each for each in board.door.about.visible_to(shown.user) if each.name == name), None)


def listed_address(laid: LaidOut, **changes: Any) -> str:
    """The list that shows what the board shows; one state, two ways to look at it."""
    address = laid.shown.address
    listed = replace(
        address, path=f"{replace(laid.board.door, space=laid.board.listed).url('list')}", carried=()
    )
    return listed.to(**changes)


def lay_out(request: Request, board: Board, given: Any = None) -> LaidOut:
    """The board that an address asks for: two queries beside those of saved views."""
    return laid_out(board, shown_list(request, board.door, given))


def laid_out(board: Board, shown: Shown, cards: int = CARDS) -> LaidOut:
    """The same question as a board, with so many cards in each column at first."""
    laid = LaidOut(board, shown, list(board.columns()))
    door, user = board.door, shown.user
    finding = finding_of(
        shown.asking, scope=door.scope(user), context=door.context(user), search=door.search(user), raw=False
    )
    laid.totals = totals_of(board, finding, [column.key for column in laid.columns])
    if laid.lane:
        laid.found = lanes_of(board, finding, laid.shown_keys, laid.lane, [*laid.fields, laid.lane])
    else:
        wanted = {key: laid.wanted.get(str(key), cards) for key in laid.shown_keys}
        laid.found = cards_of(board, finding, wanted, laid.fields)
    return laid
