"""Boards on dashboards: the same boards, of a saved view, with the first cards of open columns (WSP-3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leadline.compliance.boards import COMPLIANCE_BOARD
from leadline.core.boards import Board, LaidOut
from leadline.core.boards.laying import Pile, laid_out
from leadline.core.fields import Viewer
from leadline.core.lists.addresses import ALL, where_word
from leadline.core.lists.filters import with_part
from leadline.core.lists.showing import Shown, shown_to
from leadline.core.lists.tabs import tabs_for
from leadline.leads.boards import LEAD_BOARD
from leadline.people.models import User
from leadline.workspaces.whose import OWNER, about_whom

CARDS = 5
BOARDS: Mapping[str, Board] = {board.door.space: board for board in (LEAD_BOARD, COMPLIANCE_BOARD)}


@dataclass(frozen=True)
class SmallBoard:
    """A board as a widget shows it, and the address of the whole."""

    laid: LaidOut
    url: str

    @property
    def piles(self) -> list[Pile]:
        """The open columns."""
        return [pile for pile in self.laid.piles if not pile.is_shut]

    @property
    def refusals(self) -> Sequence[Any]:
        """What could not be shown as it was arranged: a view that is there no more."""
        return self.laid.shown.refusals

    @property
    def may_move(self) -> bool:
        """Whether the viewer brings cards into other columns."""
        return self.laid.board.may_move(self.laid.shown.user)


def boards_for(user: User) -> dict[str, Board]:
    """The boards that say something to a person."""
    return {key: board for key, board in BOARDS.items() if user.may(board.kind, "view")}


def views_of(board: Board, user: User) -> dict[str, str]:
    """Key → name of the views that somebody may choose for a board: those it comes with, and saved ones."""
    ready = {each.key: str(each.label) for each in board.door.ready}
    return {**ready, **{str(view.pk): view.name for view in tabs_for(user, board.kind)}}


def small_board(key: str, view: str, scope: str, person: int | None, viewer: Viewer) -> SmallBoard:
    """A board of a view, narrowed to whom the widget is about."""
    board = BOARDS[key]
    given = {"view": view or ALL}
    shown = shown_to(viewer, board.door, given)
    part = about_whom(scope, person, viewer.user)
    if part is not None:
        shown = _narrowed(board, shown, given, part)
    return SmallBoard(laid_out(board, shown, CARDS), shown.address.to())


def _narrowed(board: Board, shown: Shown, given: dict[str, str], part: dict[str, Any]) -> Shown:
    """The same question with the owner said besides."""
    where = where_word(with_part(shown.asking.where, part, field=OWNER))
    return shown_to(shown.viewer, board.door, {**given, "where": where})
